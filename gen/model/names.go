package model

import (
	"strings"
	"unicode"
)

// snake turns a Go identifier into snake case. A run of capitals is one word
// ("HMACSupported" is "hmac_supported"), and digits belong to the word before
// them ("SHA512_256" is "sha512_256", "BLAKE2b" is "blake2b").
func snake(name string) string {
	runes := []rune(name)
	var b strings.Builder
	for i, r := range runes {
		if i > 0 && unicode.IsUpper(r) && runes[i-1] != '_' {
			afterLower := unicode.IsLower(runes[i-1])
			beforeLower := i+1 < len(runes) && unicode.IsLower(runes[i+1])
			if afterLower || beforeLower {
				b.WriteByte('_')
			}
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// sharedWord returns the first word of a list of upper snake case names with
// its underscore, if all of them begin with it, or "".
func sharedWord(names []string) string {
	if len(names) == 0 {
		return ""
	}
	word, _, found := strings.Cut(names[0], "_")
	if !found {
		return ""
	}
	for _, name := range names {
		if !strings.HasPrefix(name, word+"_") {
			return ""
		}
	}
	return word + "_"
}

// reserved are the words that cannot be a parameter, field or function name in
// C, C++, Python or Ruby. Words of Go cannot occur.
var reserved = func() map[string]bool {
	words := map[string]bool{}
	for _, list := range []string{
		// C11 and C++11 (ISO/IEC 9899:2011 6.4.1, ISO/IEC 14882:2011 2.12)
		`alignas alignof and and_eq asm auto bitand bitor bool break case catch
		char char16_t char32_t class compl const const_cast constexpr continue
		decltype default delete do double dynamic_cast else enum explicit
		export extern false float for friend goto if inline int long mutable
		namespace new noexcept not not_eq nullptr operator or or_eq private
		protected public register reinterpret_cast restrict return short
		signed sizeof static static_assert static_cast struct switch template
		this thread_local throw true try typedef typeid typename union unsigned
		using virtual void volatile wchar_t while xor xor_eq`,
		// Python 3
		`as assert async await class def del elif except finally from global
		import in is lambda nonlocal not or pass raise return try with yield self`,
		// Ruby 3
		`alias begin defined? end ensure module next nil redo rescue retry self
		super then undef unless until when yield`,
	} {
		for word := range strings.FieldsSeq(list) {
			words[word] = true
		}
	}
	return words
}()
