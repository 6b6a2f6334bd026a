using Platform.Errors;
using Platform.Filtering;
using static Platform.Languages.Wording;

namespace Platform.Contacts.Leads;

/// <summary>Conditions of the company's rules over leads. They are decided on in memory, and before the lead is there: so they ask for what it has itself.</summary>
internal static class LeadConditions
{
    /// <summary>Ties a condition to leads. Fails with <c>INVALID_FILTER</c>, and where it asks for more than what is entered.</summary>
    /// <param name="filter">The condition; empty for every lead.</param>
    /// <param name="context">When, where, and which fields the company has.</param>
    /// <param name="strict">Whether a field that the company does not have is a fault.</param>
    public static Result<BoundFilter<Lead>> Bind(string filter, FilterContext context, bool strict)
    {
        var parsed = Filter.Parse(filter);
        if (parsed.IsError)
            return parsed.Error;
        if (parsed.Value.CheckWithoutCaller() is { } personal)
            return personal;
        var bound = parsed.Value.Bind(LeadFields.Schema, context.CustomFields, strict);
        if (bound.IsError)
            return bound;
        if (bound.Value.Links.Count > 0 || bound.Value.Fields.Contains(Segments.SegmentFilters.Field))
            return Error.Invalid("filter", "A condition here asks for the lead alone: neither for other records nor for segments.");
        return context.CustomFields?.ComputedAmong(Lead.Resource.Info.Name, bound.Value.Fields).FirstOrDefault() is { } computed
            ? Error.Invalid("filter", Say($"'{computed}' is computed when the lead is there: a condition here asks for what is entered.")) : bound;
    }

    /// <summary>The first fault of the conditions of some rules, with its place in the request: that of one, or that it reads what is hidden from who writes it.</summary>
    /// <param name="filters">The conditions, in the order of the rules.</param>
    /// <param name="rules">Where the rules are in the request: <c>assignment.rules</c>.</param>
    /// <param name="bind">Ties a condition to leads.</param>
    /// <param name="context">Whose caller is asked for.</param>
    public static Error? FindFault(IEnumerable<string> filters, string rules, Func<string, Result<BoundFilter<Lead>>> bind, FilterContext context)
    {
        foreach (var (i, filter) in filters.Index())
        {
            var bound = bind(filter);
            if ((bound.IsError ? bound.Error : bound.Value.CheckReadable(context, Lead.Resource.Info.Name)) is { } fault)
                return fault with { Violations = [.. fault.Violations.Select(violation => violation with { Field = $"{rules}[{i}].{violation.Field}" })] };
        }

        return null;
    }
}
