using System.Numerics;
using CsCheck;
using Platform.Monetary;
using Xunit;

namespace Deals.Tests.Deals;

public sealed class AmountFacts
{
    private static readonly Gen<(long Quantity, long Price, int Discount, string Currency)> Lines =
        Gen.Select(Gen.Long[1, 9_999_999_999], Gen.Long[0, 99_999_999_999_999], Gen.Int[0, 1_000_000], Gen.OneOf("EUR", "JPY", "BHD", "CLF"));

    [Fact]
    public void A_line_net_is_the_exact_product_rounded_once() => Lines.Sample(line =>
    {
        var (quantity, price, discount) = (line.Quantity / 10_000m, line.Price / 1_000_000m, line.Discount / 10_000m);
        if (quantity * price > Amounts.MaxLine)
            return true;
        return Amounts.LineNet(quantity, price, discount, line.Currency) == Exact(line.Quantity, line.Price, 1_000_000 - line.Discount, Currencies.DecimalsOf(line.Currency));
    });

    [Fact]
    public void Numbers_survive_their_text() => Gen.Select(Gen.Long, Gen.Int[0, 6]).Sample((digits, scale) =>
    {
        var value = new decimal(digits % 1_000_000_000_000_000) / (decimal)Math.Pow(10, scale);
        return DecimalText.TryParse(DecimalText.Format(value), out var read) && read == value && DecimalText.DecimalsOf(read) <= scale;
    });

    [Theory]
    [InlineData("")]
    [InlineData("+1")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1e2")]
    [InlineData("1,000")]
    [InlineData(" 1")]
    [InlineData("1\n")]
    [InlineData("١")]
    [InlineData("1234567890123456")]
    public void What_is_no_plain_number_is_refused(string text) => Assert.False(DecimalText.TryParse(text, out _));

    // In units of 10⁻¹⁶ (four decimals of the quantity, six of the price, six of the discount), with integers only.
    private static decimal Exact(long quantity, long price, int factor, int decimals)
    {
        var unit = BigInteger.Pow(10, 16 - decimals);
        var rounded = ((BigInteger)quantity * price * factor + (unit / 2)) / unit;
        return (decimal)rounded / (decimal)BigInteger.Pow(10, decimals);
    }
}
