using Platform.CustomFields.Numbering;
using Xunit;

namespace Platform.Tests.Formulas;

public sealed class AutoNumberPatternFacts
{
    private static readonly DateTimeOffset Time = new(2026, 1, 31, 23, 59, 59, TimeSpan.Zero);

    [Theory]
    [InlineData("T-{yyyy}-{00000}", "T-2026-00042", "2026")]
    [InlineData("{yy}{MM}/{000}", "2601/042", "2026-01")]
    [InlineData("No. {0}", "No. 42", "")]
    public void A_number_is_written_as_the_pattern_says(string pattern, string written, string period)
    {
        Assert.True(AutoNumberPattern.IsValid(pattern));
        Assert.Equal(written, AutoNumberPattern.Write(pattern, Time, 42));
        Assert.Equal(period, AutoNumberPattern.PeriodOf(pattern, Time));
    }

    [Theory]
    [InlineData("")]
    [InlineData("T-")]
    [InlineData("{yyyy}")]
    [InlineData("{0}-{0}")]
    [InlineData("{MM}-{000}")]
    [InlineData("{dd}-{000}")]
    [InlineData("{000")]
    [InlineData("}{000}")]
    public void A_pattern_that_could_give_a_number_twice_or_none_is_refused(string pattern) => Assert.False(AutoNumberPattern.IsValid(pattern));
}
