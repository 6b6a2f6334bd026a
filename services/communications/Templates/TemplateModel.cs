using Fluid;
using Fluid.Values;
using Google.Protobuf.WellKnownTypes;
using Platform.Languages;

namespace Platform.Communications.Templates;

/// <summary>The values of a message for Liquid.</summary>
internal static class TemplateModel
{
    public static TemplateContext ToContext(Struct model, WrittenLanguage language, TemplateOptions options)
    {
        var context = new TemplateContext(options) { AmbientValues = { [TemplateFilters.Language] = language } };
        foreach (var (name, value) in model.Fields)
            context.SetValue(name, FluidValue.Create(ToObject(value), options));
        return context;
    }

    /// <summary>Whether the model has a value at a path such as <c>invoice.total.amount</c>.</summary>
    public static bool Has(Struct model, string path)
    {
        var value = Value.ForStruct(model);
        foreach (var name in path.Split('.'))
        {
            if (value.KindCase != Value.KindOneofCase.StructValue || !value.StructValue.Fields.TryGetValue(name, out value))
                return false;
        }

        return value.KindCase is not (Value.KindOneofCase.NullValue or Value.KindOneofCase.None) && !(value.HasStringValue && value.StringValue.Length == 0);
    }

    private static object? ToObject(Value value) => value.KindCase switch
    {
        Value.KindOneofCase.StringValue => value.StringValue,
        Value.KindOneofCase.NumberValue => value.NumberValue,
        Value.KindOneofCase.BoolValue => value.BoolValue,
        Value.KindOneofCase.StructValue => value.StructValue.Fields.ToDictionary(field => field.Key, field => ToObject(field.Value)),
        Value.KindOneofCase.ListValue => value.ListValue.Values.Select(ToObject).ToList(),
        _ => null,
    };
}
