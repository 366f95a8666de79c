package vectors

// form is what the text of a field stands for.
type form int

const (
	name   form = iota // letters and digits of an algorithm's name; may be empty
	octets             // bytes, as lower case hexadecimal; may be empty
	count              // a decimal number from 1
	result             // "valid" or "invalid"
)

// field is one key that a case may have.
type field struct {
	form     form
	optional bool
}

// kinds are the folders of vectors, and the fields that a case in each has.
var kinds = map[string]map[string]field{
	"cipher": {
		"cipher":     {form: name},
		"mode":       {form: name},
		"key":        {form: octets},
		"iv":         {form: octets, optional: true},
		"nonce":      {form: octets, optional: true},
		"plaintext":  {form: octets},
		"ciphertext": {form: octets},
	},
	"aead": {
		"cipher":     {form: name},
		"mode":       {form: name},
		"key":        {form: octets},
		"iv":         {form: octets},
		"aad":        {form: octets},
		"plaintext":  {form: octets, optional: true},
		"ciphertext": {form: octets},
		"tag":        {form: octets},
		"result":     {form: result},
	},
	"sealed": {
		"algorithm":  {form: name},
		"key":        {form: octets},
		"nonce":      {form: octets, optional: true},
		"aad":        {form: octets, optional: true},
		"aad2":       {form: octets, optional: true},
		"aad3":       {form: octets, optional: true},
		"plaintext":  {form: octets, optional: true},
		"ciphertext": {form: octets},
		"tag-length": {form: count},
		"result":     {form: result},
	},
	"hash": {
		"hash":    {form: name},
		"message": {form: octets},
		"repeat":  {form: count, optional: true},
		"digest":  {form: octets},
	},
	"xof": {
		"hash":    {form: name},
		"message": {form: octets},
		"digest":  {form: octets},
	},
	"hmac": {
		"hash":    {form: name},
		"key":     {form: octets},
		"message": {form: octets},
		"mac":     {form: octets},
	},
}
