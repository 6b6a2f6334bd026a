using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Architecture.Tests;

/// <summary>What people are told of their mistakes is told in their language: docs/adr/0029.</summary>
public sealed partial class WordingFacts
{
    private static Dictionary<string, string> Russian { get; } = Repository.Files("Wording.ru.json", "services")
        .SelectMany(file => JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file))!).DistinctBy(sentence => sentence.Key).ToDictionary(sentence => sentence.Key, sentence => sentence.Value);

    [Fact]
    public void A_translation_has_the_parts_of_its_sentence()
    {
        Assert.NotEmpty(Russian);
        Assert.All(Russian, sentence =>
        {
            Assert.Subset(PartsOf(sentence.Key), PartsOf(sentence.Value));
            Assert.Matches(Cyrillic(), sentence.Value);
        });
    }

    private static HashSet<string> PartsOf(string words) => [.. Part().Matches(words).Select(part => part.Value)];

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Part();

    [GeneratedRegex(@"\p{IsCyrillic}")]
    private static partial Regex Cyrillic();
}
