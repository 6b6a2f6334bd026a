using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Platform.Errors;

namespace Platform.Validation;

/// <summary>Field masks of update requests (AIP-134).</summary>
public static class Masks
{
    private static readonly FieldMask.MergeOptions Replace = new() { ReplaceMessageFields = true, ReplaceRepeatedFields = true, ReplacePrimitiveFields = true };

    /// <summary>
    /// The current resource with the masked fields of the change. Without a mask every field that is set in the change is taken.
    /// Unknown paths are refused.
    /// </summary>
    public static Result<T> Merge<T>(T current, T change, FieldMask? mask)
        where T : class, IMessage<T>, IDeepCloneable<T>
    {
        var paths = mask is { Paths.Count: > 0 } ? mask : SetFields(change);
        if (paths.Paths.FirstOrDefault(path => !FieldMask.IsValid(current.Descriptor, path)) is { } unknown)
            return Error.Invalid("updateMask", $"There is no field '{unknown}'.");
        var merged = current.Clone();
        paths.Merge(change, merged, Replace);
        return merged;
    }

    private static FieldMask SetFields(IMessage change)
    {
        var mask = new FieldMask();
        foreach (var field in change.Descriptor.Fields.InDeclarationOrder().Where(field => IsSet(field, change)))
            mask.Paths.Add(field.Name);
        return mask;
    }

    private static bool IsSet(FieldDescriptor field, IMessage message) => field switch
    {
        { HasPresence: true } => field.Accessor.HasValue(message),
        { IsRepeated: true } => field.Accessor.GetValue(message) is System.Collections.ICollection { Count: > 0 },
        _ => field.Accessor.GetValue(message) switch
        {
            string text => text.Length > 0,
            bool flag => flag,
            var value => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture) != 0,
        },
    };
}
