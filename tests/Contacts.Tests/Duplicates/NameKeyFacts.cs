using CsCheck;
using Platform.Contacts.Duplicates;
using Xunit;

namespace Contacts.Tests.Duplicates;

/// <summary>What is the same name here has the same key in PostgreSQL, so that it is found.</summary>
public sealed class NameKeyFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static readonly string[] Parts = ["acme", "Acme", "ACME", "Müller", "Ромашка", "ООО", "inc", "Inc", "GmbH", "co", "Ltd", "Söhne", "3", "a", "x", "ao"];

    [Fact]
    public async Task Random_names_agree()
    {
        var letters = Gen.Char[$" .,.,{MatchScripts.Separators}"].Select(letter => $"{letter}");
        var names = Gen.Frequency((3, Gen.Int[0, Parts.Length - 1].Select(i => Parts[i])), (2, letters), (1, Gen.Char[" -~"].Select(letter => $"{letter}"))).Array[1, 8].Select(parts => string.Concat(parts).Trim());
        var sample = names.Array[400].Single().Where(name => name.Length > 0).Append("Acme,Inc.").Append("Acme, Inc.").Append("acme").Append("Acme-Inc").Append("Acme_Inc").Distinct().ToList();
        var keys = new Dictionary<string, string>();
        foreach (var some in sample.Chunk(200))
        {
            var array = string.Join(", ", some.Select(name => $"'{name.Replace("'", "''", StringComparison.Ordinal)}'"));
            var joined = await contacts.Database.QueryAsync<string>($"SELECT string_agg(coalesce(platform.company_name_key(name), ''), chr(1) ORDER BY place) FROM unnest(ARRAY[{array}]) WITH ORDINALITY AS given (name, place)");
            foreach (var (name, key) in some.Zip(joined.Split('\u0001')))
                keys[name] = key;
        }

        foreach (var group in keys.GroupBy(pair => MatchTexts.Normalise("name", pair.Key)).Where(group => group.Key.Length > 0))
            Assert.Single(group.Select(pair => pair.Value).Distinct());
        Assert.Equal(keys["acme"], keys["Acme,Inc."]);
    }
}
