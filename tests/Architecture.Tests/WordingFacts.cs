using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Architecture.Tests;

/// <summary>What people are told of their mistakes is told in their language: docs/adr/0028.</summary>
public sealed partial class WordingFacts
{
    // Where everything that is said is said by way of Wording; other folders come as their sentences are translated.
    private static readonly string[] Spoken =
    [
        "services/shared/Platform/Filtering", "services/shared/Platform/CustomFields", "services/shared/Platform/Paging", "services/shared/Platform/Validation",
        "services/shared/Platform/Errors", "services/shared/Platform/Rest", "services/shared/Platform/Access", "services/shared/Platform/Idempotency", "services/shared/Platform/Importing",
        "services/shared/Platform/Monetary", "services/shared/Platform/Bulk", "services/shared/Platform/Undoing", "services/shared/Platform/Tenancy/Quotas", "services/metadata/Fields", "services/metadata/Objects", "services/records",
        "services/finance", "services/tenants", "services/communications/Emails", "services/communications/Notifications", "services/communications/Followers", "services/communications/Live", "services/automation/Signups",
        "services/gateway/Edge", "services/gateway/Forwarding", "services/gateway/Limits", "services/gateway/Live", "services/gateway/Sessions/Api", "services/gateway/Sessions/Requests",
        "services/pipelines", "services/search", "services/contacts", "services/deals", "services/inventory",
    ];

    private static Dictionary<string, string> Russian { get; } = Repository.Files("Wording.ru.json", "services")
        .SelectMany(file => JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file))!).DistinctBy(sentence => sentence.Key).ToDictionary(sentence => sentence.Key, sentence => sentence.Value);

    [Fact]
    public void Every_sentence_that_people_are_told_has_a_translation()
    {
        var sentences = Repository.Files("*.cs", Spoken).SelectMany(file => Sentences.Of(File.ReadAllText(file)).Select(sentence => (File: Repository.Relative(file), sentence.Words, sentence.HasParts, sentence.IsSaid))).ToList();
        Assert.True(sentences.Count > 150, $"{sentences.Count} sentences were found.");
        Assert.Empty(sentences.Where(sentence => !Russian.ContainsKey(sentence.Words)).Select(sentence => $"{sentence.File}: add \"{sentence.Words}\" to the Wording.ru.json of its assembly"));
        Assert.Empty(sentences.Where(sentence => sentence.HasParts && !sentence.IsSaid).Select(sentence => $"{sentence.File}: write Say($\"…\") around \"{sentence.Words}\""));
    }

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
