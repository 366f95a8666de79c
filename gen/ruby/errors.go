package ruby

import (
	"slices"

	"github.com/hazmat/hazmat/gen/model"
)

// exception is the class of one status.
type exception struct {
	*model.EnumValue
	Class, Base string
}

// families are Ruby's own classes, by what //hz:error says.
var families = map[string]string{
	"value": "ArgumentError", "attribute": "NoMethodError", "memory": "NoMemoryError", "runtime": "StandardError",
}

// exceptions returns the classes of all failures, each after its base.
func exceptions(status *model.Enum) []exception {
	var list []exception
	var add func(*model.EnumValue)
	add = func(v *model.EnumValue) {
		if v.Number == 0 || slices.ContainsFunc(list, func(x exception) bool { return x.EnumValue == v }) {
			return
		}
		base, isFamily := families[v.Error]
		if !isFamily {
			parent := status.Values[slices.IndexFunc(status.Values, func(p *model.EnumValue) bool { return p.GoName == v.Error })]
			add(parent)
			base = exceptionName(parent)
		}
		list = append(list, exception{v, exceptionName(v), base})
	}
	for _, v := range status.Values {
		add(v)
	}
	return list
}
