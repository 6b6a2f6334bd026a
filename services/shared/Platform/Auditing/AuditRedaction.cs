using Google.Protobuf.WellKnownTypes;
using Platform.Tenancy;

namespace Platform.Auditing;

/// <summary>
/// Takes from an entry what its reader may not see of the resource: hidden fields are removed, masked ones overwritten. Called
/// for every entry that leaves the service, by list, history and export alike. Where nothing is registered, whoever may read
/// the log sees every field that is in it.
/// </summary>
/// <param name="caller">Who reads.</param>
/// <param name="resource">Type of the resource: <c>deals.deal</c>.</param>
/// <param name="fields">Before or after; to be changed in place.</param>
/// <param name="cancellationToken">Ends the look-up of the rules.</param>
public delegate ValueTask AuditRedaction(Caller caller, string resource, Struct fields, CancellationToken cancellationToken);
