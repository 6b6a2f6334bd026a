using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Platform.Tenants.V1;

namespace Platform.Access.Fields;

/// <summary>Takes fields out of a message.</summary>
internal static class Redaction
{
    private const int Shown = 2;
    private const int LeastHidden = 4;
    private const string Dots = "••••••";

    /// <summary>Clears or masks what may not be read.</summary>
    public static void Apply(IMessage message, IReadOnlyList<RestrictedField> fields)
    {
        foreach (var field in fields)
            Apply(message, field.Segments, field);
    }

    private static void Apply(IMessage message, ReadOnlySpan<string> path, RestrictedField rule)
    {
        if (message.Descriptor.FindFieldByName(path[0]) is not { IsMap: false } field)
            return;
        if (path.Length == 1)
            Apply(message, field, rule);
        else if (field.IsRepeated)
            ApplyToEach((IList)field.Accessor.GetValue(message), path[1..], rule);
        else if (field.Accessor.GetValue(message) is IMessage inner)
            field.Accessor.SetValue(message, Without(inner, path[1..], rule));
    }

    private static void Apply(IMessage message, FieldDescriptor field, RestrictedField rule)
    {
        if (rule.Access == FieldAccess.Masked && field is { FieldType: FieldType.String, IsRepeated: false })
            field.Accessor.SetValue(message, Mask((string)field.Accessor.GetValue(message)));
        else
            field.Accessor.Clear(message);
    }

    private static void ApplyToEach(IList messages, ReadOnlySpan<string> path, RestrictedField rule)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i] is IMessage message)
                messages[i] = Without(message, path, rule);
        }
    }

    // A copy: the message may be a part of the record itself.
    private static IMessage Without(IMessage message, ReadOnlySpan<string> path, RestrictedField rule)
    {
        var copy = message.Descriptor.Parser.ParseFrom(message.ToByteString());
        if (copy is Struct values)
            Apply(values, path[0], rule);
        else
            Apply(copy, path, rule);
        return copy;
    }

    // Masked, a custom field would be no value of its type any more, but for a confidential one, which is text.
    private static void Apply(Struct values, string key, RestrictedField rule)
    {
        if (rule.IsConfidential && values.Fields.TryGetValue(key, out var value) && value.KindCase == Value.KindOneofCase.StringValue)
            values.Fields[key] = Value.ForString(Mask(value.StringValue));
        else
            values.Fields.Remove(key);
    }

    /// <summary>The end of a long text, whose length is not told; of a short one nothing.</summary>
    internal static string Mask(string text) => text.Length == 0 ? "" : text.Length < Shown + LeastHidden ? Dots : Dots + text[^Shown..];
}
