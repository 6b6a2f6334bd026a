using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using Platform.Data;
using Platform.Errors;
using Platform.Filtering;
using Platform.Filtering.Values;
using Platform.Validation;

namespace Platform.Deals.Reports;

/// <summary>What time a report is about, and from when it is seen.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="AsOf">Nothing that became of deals later counts.</param>
internal sealed record ReportTime(DateOnly From, DateOnly To, DateTimeOffset AsOf)
{
    private const int MaxYears = 5;

    /// <summary>Reads validated texts.</summary>
    /// <param name="from">The first day; empty for the usual one.</param>
    /// <param name="to">The last day; empty for the usual one.</param>
    /// <param name="asOf">The moment; null for now.</param>
    /// <param name="usual">The days that are meant where none are named.</param>
    /// <param name="context">The clock and the zone of the caller.</param>
    public static Result<ReportTime> Read(string from, string to, Timestamp? asOf, (DateOnly From, DateOnly To) usual, FilterContext context)
    {
        var time = new ReportTime(from.ToDateOrNull() ?? usual.From, to.ToDateOrNull() ?? usual.To, asOf?.ToDateTimeOffset() ?? context.Now);
        if (time.To < time.From)
            return Error.Invalid("to", "Use a day that is not before the first one.");
        if (time.To > time.From.AddYears(MaxYears))
            return Error.Invalid("to", "A report is about five years at most.");
        return time.AsOf > context.Now ? Error.Invalid("asOf", "Use a moment that has been.") : time;
    }

    /// <summary>The rules of the texts.</summary>
    public static void Check<T>(AbstractValidator<T> validator, System.Linq.Expressions.Expression<Func<T, string>> from, System.Linq.Expressions.Expression<Func<T, string>> to)
    {
        validator.RuleFor(from).OptionalDate();
        validator.RuleFor(to).OptionalDate();
    }

    /// <summary>When the first day begins, and the one behind the last.</summary>
    public (DateTimeOffset Start, DateTimeOffset End) In(TimeZoneInfo zone) => (Dates.StartOf(From, zone), Dates.StartOf(To.AddDays(1), zone));
}
