using System.Collections.Frozen;
using Platform.CustomFields.V1;

namespace Platform.CustomFields;

/// <summary>All fields that a company defined on the records of this service, at one version.</summary>
public sealed class TenantFields
{
    private readonly FrozenDictionary<string, ResourceFields> _resources;

    /// <summary>Takes the answer of the metadata service.</summary>
    public TenantFields(Schema schema)
    {
        Version = schema.Version;
        _resources = schema.Fields.GroupBy(field => field.Resource, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => new ResourceFields(group.Key, group), StringComparer.Ordinal);
    }

    /// <summary>The company's schema version.</summary>
    public long Version { get; }

    /// <summary>The fields on one kind of record.</summary>
    public ResourceFields Of(string resource) => _resources.TryGetValue(resource, out var fields) ? fields : new ResourceFields(resource, []);
}
