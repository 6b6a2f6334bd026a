using System.Linq.Expressions;
using Platform.Errors;
using Platform.Filtering;
using Platform.Tenancy;

namespace Platform.Auditing;

/// <summary>Expressions of the filter language over entries. Before and after cannot be named: who may not see a field could guess it.</summary>
public static class AuditFilters
{
    private static readonly FilterSchema<AuditEntry> Schema = FilterSchema.Of<AuditEntry>(fields => fields
        .Text("resource", entry => entry.Resource)
        .Text("resource_id", entry => entry.ResourceId)
        .Text("action", entry => entry.Action)
        .Text("actor", entry => entry.Actor)
        .Text("on_behalf_of", entry => entry.OnBehalfOf)
        .Text("operation", entry => entry.Operation)
        .Text("trace_id", entry => entry.TraceId)
        .Text("client_address", entry => entry.ClientAddress)
        .Instant("time", entry => entry.Time));

    /// <summary>What is wrong with the expression; null where it is right.</summary>
    public static Error? Check(string filter) => Bind(filter).Error;

    internal static Expression<Func<AuditEntry, bool>> PredicateOf(string filter, Caller caller, TimeProvider time) =>
        Bind(filter).Value!.ToPredicate(FilterContext.Of(caller, time));

    private static Result<BoundFilter<AuditEntry>> Bind(string text)
    {
        var filter = Filter.Parse(text);
        return filter.IsError ? filter.Error : filter.Value.Bind(Schema);
    }
}
