package vectors

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"
)

// loadText loads one file of a kind with the given text.
func loadText(kind, text string) ([]Case, error) {
	return load(fstest.MapFS{kind + "/some.txt": {Data: []byte(text)}}, kind)
}

func TestLoad(t *testing.T) {
	cases, err := loadText("hash", `# a title

# a comment before a case

hash = md5
# a comment inside
message =
digest = d41d8cd98f00b204e9800998ecf8427e


hash = sha1
message = 6162
repeat = 3
digest = 00`)
	if err != nil {
		t.Fatal(err)
	}
	if len(cases) != 2 {
		t.Fatalf("got %d cases, want 2", len(cases))
	}
	first, second := cases[0], cases[1]
	if got, want := first.Position(), "hash/some.txt:5"; got != want {
		t.Errorf("first case at %s, want %s", got, want)
	}
	if got, want := second.Position(), "hash/some.txt:11"; got != want {
		t.Errorf("second case at %s, want %s", got, want)
	}
	if got := first.String("hash"); got != "md5" {
		t.Errorf("hash = %q, want md5", got)
	}
	if got := first.Bytes("message"); got == nil || len(got) != 0 {
		t.Errorf("message = %#v, want empty and not nil", got)
	}
	if first.Int("repeat") != 0 || second.Int("repeat") != 3 {
		t.Errorf("repeat = %d and %d, want 0 and 3", first.Int("repeat"), second.Int("repeat"))
	}
	if first.Has("repeat") || first.String("repeat") != "" || !second.Has("repeat") {
		t.Error("repeat is not in the second case only")
	}
	if got := first.Message(); len(got) != 0 {
		t.Errorf("first message is %q, want none", got)
	}
	if got := second.Message(); string(got) != "ababab" {
		t.Errorf("second message is %q, want ababab", got)
	}
}

func TestBytesAreACopy(t *testing.T) {
	cases, err := loadText("xof", "hash = shake128\nmessage = 0102\ndigest = 03")
	if err != nil {
		t.Fatal(err)
	}
	clear(cases[0].Bytes("message"))
	if got := cases[0].Bytes("message"); !bytes.Equal(got, []byte{1, 2}) {
		t.Errorf("message = %x after the first copy was cleared", got)
	}
}

func TestAbsentBytesAreNil(t *testing.T) {
	cases, err := loadText("cipher", "cipher = RC4\nmode =\nkey = 00\nplaintext =\nciphertext =")
	if err != nil {
		t.Fatal(err)
	}
	if got := cases[0].Bytes("iv"); got != nil {
		t.Errorf("iv = %#v, want nil", got)
	}
}

func TestAdditionalData(t *testing.T) {
	const head, tail = "algorithm = AES-SIV\nkey =\n", "ciphertext =\ntag-length = 16\nresult = invalid\n"
	cases, err := loadText("sealed", head+tail+"\n"+head+"aad =\naad2 = 01\n"+tail)
	if err != nil {
		t.Fatal(err)
	}
	if got := cases[0].AdditionalData(); len(got) != 0 {
		t.Errorf("%x, want no texts", got)
	}
	if got := cases[1].AdditionalData(); len(got) != 2 || len(got[0]) != 0 || !bytes.Equal(got[1], []byte{1}) {
		t.Errorf("%x, want an empty text and 01", got)
	}
}

func TestFilesAreInOrder(t *testing.T) {
	text := []byte("hash = md5\nmessage =\ndigest =")
	files := fstest.MapFS{"hash/b.txt": {Data: text}, "hash/a.txt": {Data: text}, "hash/c.md": {Data: []byte("?")}}
	cases, err := load(files, "hash")
	if err != nil {
		t.Fatal(err)
	}
	if len(cases) != 2 || cases[0].File != "hash/a.txt" || cases[1].File != "hash/b.txt" {
		t.Errorf("got %v", cases)
	}
}

func TestMalformed(t *testing.T) {
	const whole = "hash = md5\nmessage = 00\ndigest = 00\n"
	const sealed = "cipher = AES\nmode = GCM\nkey =\niv =\naad =\nciphertext =\ntag =\n"
	tests := []struct{ name, kind, text, want string }{
		{"empty file", "hash", "", "hash/some.txt:0: no cases"},
		{"comments only", "hash", "# nothing\n", "hash/some.txt:1: no cases"},
		{"no separator", "hash", whole + "nonsense", `hash/some.txt:4: "nonsense" is not of the form`},
		{"no space before =", "hash", "hash= md5", `hash/some.txt:1: "hash= md5" is not of the form`},
		{"no space after =", "hash", "hash =md5", `hash/some.txt:1: "hash =md5" is not of the form`},
		{"two spaces", "hash", "hash =  md5", `hash/some.txt:1: "hash =  md5" is not of the form`},
		{"space at the end", "hash", "hash = md5 ", `hash/some.txt:1: "hash = md5 " is not of the form`},
		{"space and no value", "hash", "message = ", `hash/some.txt:1: "message = " is not of the form`},
		{"carriage return", "hash", "hash = md5\r\n", "hash/some.txt:1:"},
		{"spaces only", "hash", whole + " \n", `hash/some.txt:4: " " is not of the form`},
		{"unknown key", "hash", whole + "mac = 00", `hash/some.txt:4: unknown key "mac"; there are: digest, hash`},
		{"key twice", "hash", "hash = md5\nhash = md5", `hash/some.txt:2: key "hash" comes twice`},
		{"key missing", "hash", "hash = md5\nmessage = 00\n\n" + whole, `hash/some.txt:1: key "digest" is missing`},
		{"key missing at the end", "hash", whole + "\nhash = md5", `hash/some.txt:5: key "digest" is missing`},
		{"odd digits", "hash", "hash = md5\nmessage = 0", `hash/some.txt:2: value of "message": encoding/hex: odd`},
		{"not digits", "hash", "message = 0g", `hash/some.txt:1: value of "message": encoding/hex: invalid byte`},
		{"upper case", "hash", "message = 0A", `hash/some.txt:1: value of "message": hexadecimal digits must be lower`},
		{"repeat of 0", "hash", "repeat = 0", `hash/some.txt:1: value of "repeat": "0" is not a number from 1`},
		{"repeat of words", "hash", "repeat = often", `hash/some.txt:1: value of "repeat": "often" is not a number`},
		{"tag length of 0", "sealed", "tag-length = 0", `sealed/some.txt:1: value of "tag-length": "0" is not a`},
		{"result", "aead", "result = maybe", `aead/some.txt:1: value of "result": "maybe" is neither`},
		{"valid, no plaintext", "aead", sealed + "result = valid", "aead/some.txt:1: a valid case has a plaintext"},
		{"invalid, plaintext", "aead", sealed + "plaintext =\nresult = invalid", "aead/some.txt:1: a valid case has a"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			cases, err := loadText(test.kind, test.text)
			if err == nil {
				t.Fatalf("no error, but %d cases", len(cases))
			}
			if !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("error %q, want %q...", err, test.want)
			}
		})
	}
}

func TestNoSuchKind(t *testing.T) {
	_, err := Load("signature")
	const want = `no kind of vectors is named "signature"; there are: aead, cipher, hash, hmac, sealed, xof`
	if err == nil || err.Error() != want {
		t.Errorf("error %v, want %q", err, want)
	}
}

func TestNoFiles(t *testing.T) {
	_, err := load(fstest.MapFS{}, "hash")
	if err == nil || err.Error() != "no cases in hash/*.txt" {
		t.Errorf("error %v", err)
	}
}

func TestOutsideAModule(t *testing.T) {
	t.Chdir(t.TempDir())
	if _, err := Load("hash"); err == nil || !strings.HasPrefix(err.Error(), "no go.mod in ") {
		t.Errorf("error %v", err)
	}
}

// TestMisuse asks for fields that are not there to be asked for.
func TestMisuse(t *testing.T) {
	cases, err := loadText("hash", "hash = md5\nmessage =\ndigest =")
	if err != nil {
		t.Fatal(err)
	}
	for name, ask := range map[string]func(Case){
		"String": func(c Case) { _ = c.String("mac") },
		"Has":    func(c Case) { c.Has("mac") },
		"Bytes":  func(c Case) { c.Bytes("mac") },
		"names":  func(c Case) { c.Bytes("hash") },
		"Int":    func(c Case) { c.Int("message") },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if text, ok := recover().(string); !ok || !strings.HasPrefix(text, "hash/some.txt:1: ") {
					t.Errorf("recovered %q", text)
				}
			}()
			ask(cases[0])
		})
	}
}
