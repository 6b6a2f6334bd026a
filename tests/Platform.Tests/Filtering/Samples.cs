using Platform.Errors;
using Platform.Filtering;
using Xunit;

namespace Platform.Tests.Filtering;

internal static class Samples
{
    public static readonly FilterContext Context = At("2026-05-31T12:00:00Z", "UTC");

    public static FilterContext At(string now, string zone) =>
        new(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone), CallerVariables.None);

    public static BoundFilter<Specimen> Bind(string text)
    {
        var parsed = Filter.Parse(text);
        Assert.False(parsed.IsError, parsed.Error?.Message);
        var bound = parsed.Value!.Bind(Specimen.Schema);
        Assert.False(bound.IsError, bound.Error?.Message);
        return bound.Value!;
    }

    /// <summary>Whether the row passes, in memory.</summary>
    public static bool Passes(this Specimen row, string text, FilterContext? context = null) => Bind(text).Evaluate(row, context ?? Context);

    /// <summary>The fault of an expression, found when it is read or when it is bound.</summary>
    public static Error Fault(string text)
    {
        var parsed = Filter.Parse(text);
        var error = parsed.IsError ? parsed.Error : parsed.Value.Bind(Specimen.Schema).Error;
        Assert.NotNull(error);
        Assert.Equal(("INVALID_FILTER", Google.Rpc.Code.InvalidArgument, "filter"), (error.Code, error.Status, Assert.Single(error.Violations).Field));
        return error;
    }
}
