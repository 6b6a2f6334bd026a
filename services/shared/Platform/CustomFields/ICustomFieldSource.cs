using Platform.CustomFields.V1;
using Platform.Tenancy;

namespace Platform.CustomFields;

/// <summary>Where a company's fields come from: the metadata service, over Dapr.</summary>
public interface ICustomFieldSource
{
    /// <summary>The fields in use on these kinds of records.</summary>
    /// <param name="caller">In whose company, and with whose token it is asked.</param>
    /// <param name="resources">The kinds.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<Schema> GetSchemaAsync(Caller caller, IReadOnlyCollection<string> resources, CancellationToken cancellationToken);
}
