using CsCheck;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.Data;
using Xunit;

namespace Platform.Tests;

/// <summary>Custom fields in their column are what protobuf itself would write and read.</summary>
public sealed class StructJsonFacts
{
    private static readonly Gen<Value> Scalar = Gen.OneOf(
        Gen.String.Select(text => Value.ForString(new string([.. text.Where(c => !char.IsSurrogate(c))]))),
        Gen.Double.Where(double.IsFinite).Select(Value.ForNumber),
        Gen.Int.Select(number => Value.ForNumber(number)),
        Gen.Bool.Select(Value.ForBool),
        Gen.Const(0).Select(_ => Value.ForNull()));

    private static readonly Gen<Struct> Fields = StructOf(Gen.OneOf(Scalar, Scalar.Array[0, 3].Select(Value.ForList), StructOf(Scalar).Select(Value.ForStruct)));

    [Fact]
    public void Both_write_and_read_the_same() => Fields.Sample(
        fields =>
        {
            Assert.Equal(fields, StructJson.Parse(JsonFormatter.Default.Format(fields)));
            Assert.Equal(fields, JsonParser.Default.Parse<Struct>(StructJson.Format(fields)));
            Assert.Equal(fields, StructJson.Parse(StructJson.Format(fields)));
        },
        iter: 2_000);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"a": null, "b": "\u0436 \"\n", "c": [1, 2.5, -1e3, [], {}], "d": {"e": true}}""")]
    public void What_a_column_holds_is_read(string text) => Assert.Equal(JsonParser.Default.Parse<Struct>(text), StructJson.Parse(text));

    private static Gen<Struct> StructOf(Gen<Value> value) => Gen.Select(Gen.String[Gen.Char['a', 'z'], 1, 8], value).Array[0, 6].Select(pairs =>
    {
        var fields = new Struct();
        foreach (var (key, each) in pairs)
            fields.Fields[key] = each.Clone();
        return fields;
    });
}
