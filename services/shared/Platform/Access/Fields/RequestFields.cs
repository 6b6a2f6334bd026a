using System.Collections;
using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Rest;
using Platform.Validation;

namespace Platform.Access.Fields;

/// <summary>What of a request's fields touches records: the ones that it writes, and the ones that a list is narrowed by.</summary>
internal sealed class RequestFields
{
    private static readonly ConcurrentDictionary<(MessageDescriptor, MessageDescriptor), RequestFields> Known = new();

    private readonly (FieldDescriptor Field, ResourceInfo Resource)[] _written;
    private readonly FieldDescriptor? _mask;
    private readonly ResourceInfo[] _listed;
    private readonly FieldDescriptor[] _conditions;

    private RequestFields(MessageDescriptor request, MessageDescriptor response)
    {
        var fields = request.Fields.InDeclarationOrder();
        _written = [.. fields.Where(field => field is { FieldType: FieldType.Message, IsMap: false }).Select(field => (field, ResourceCatalogue.Of(field.MessageType)!)).Where(field => field.Item2 is not null)];
        _mask = fields.FirstOrDefault(field => field.FieldType == FieldType.Message && field.MessageType == FieldMask.Descriptor);
        // What a filter narrows is a list, whatever the call is named.
        _listed = request.Name.StartsWith("List", StringComparison.Ordinal) || request.FindFieldByName("filter") is not null ? [.. ResourcePaths.Of(response).Resources] : [];
        _conditions = _listed.Length == 0 ? [] : [.. fields.Where(field => field.FieldType != FieldType.Message)];
    }

    public static RequestFields Of(MessageDescriptor request, MessageDescriptor response) =>
        Known.GetOrAdd((request, response), static key => new RequestFields(key.Item1, key.Item2));

    /// <summary>Whether nothing in such a request could be refused.</summary>
    public bool IsEmpty => _written.Length == 0 && _listed.Length == 0;

    /// <summary>Why the request is refused; null where it touches nothing restricted.</summary>
    /// <param name="request">The request.</param>
    /// <param name="access">The caller's.</param>
    /// <param name="custom">The company's fields.</param>
    /// <param name="filtered">By which fields of a kind it narrows a list; null where the handler looks at that.</param>
    public Error? Check(IMessage request, PersonAccess access, TenantFields? custom, Func<ResourceInfo, IMessage, IEnumerable<string>>? filtered)
    {
        var unwritable = _written.SelectMany(field => Unwritable(request, field.Field, access.FieldsOf(field.Resource.In(request, custom).Name))).ToList();
        if (unwritable.Count > 0)
            return AccessErrors.FieldNotWritable(unwritable);
        if (filtered is null)
            return null;
        var unreadable = _listed.Select(resource => resource.In(request, custom)).SelectMany(resource => Unreadable(request, access.FieldsOf(resource.Name), filtered(resource, request))).Distinct().ToList();
        return unreadable.Count > 0 ? AccessErrors.FieldNotReadable(unreadable) : null;
    }

    private IEnumerable<string> Unwritable(IMessage request, FieldDescriptor carrier, FieldRules rules)
    {
        if (rules.Restricted.Count == 0)
            return [];
        return carrier.Accessor.GetValue(request) switch
        {
            IMessage message => Unwritable(request, message, carrier.JsonName, rules),
            IList messages => messages.Cast<IMessage>().SelectMany((message, i) => Unwritable(request, message, $"{carrier.JsonName}[{i}]", rules)),
            _ => [],
        };
    }

    private IEnumerable<string> Unwritable(IMessage request, IMessage message, string place, FieldRules rules)
    {
        var mask = _mask?.Accessor.GetValue(request) as FieldMask;
        var paths = mask is { Paths.Count: > 0 } ? mask.Paths.Select(path => Masks.Resolve(message.Descriptor, path) ?? path).ToList() : null;
        return rules.Restricted
            .Where(field => !field.IsDerived)
            .Where(field => paths is null ? IsSet(message, field) : paths.Exists(path => Touches(path, field.Path)))
            .Select(field => $"{place}.{JsonFields.JsonNameOf(field.Path)}");
    }

    // Without a mask each field that is set is taken as a whole, and with it what is restricted inside; custom fields are taken key by key.
    private bool IsSet(IMessage message, RestrictedField field) => _mask is null || field.Segments[0] == ResourceInfo.CustomFields
        ? Masks.IsSet(message, field.Segments)
        : Masks.IsSet(message, field.Segments.AsSpan(0, 1));

    private IEnumerable<string> Unreadable(IMessage request, FieldRules rules, IEnumerable<string> filtered) =>
        rules.Unreadable.Count == 0 ? [] : _conditions
            .Where(field => Masks.IsSet(request, [field.Name])).Select(field => field.Name)
            .Concat(filtered)
            .Where(name => !rules.MayNarrowBy(name));

    private static bool Touches(string path, string restricted) =>
        path == "*" || path == restricted || restricted.StartsWith($"{path}.", StringComparison.Ordinal) || path.StartsWith($"{restricted}.", StringComparison.Ordinal);
}
