using System.Text.RegularExpressions;
using Xunit;

namespace Architecture.Tests;

/// <summary>docs/security.md answers to every requirement of the Application Security Verification Standard, by tests that are there.</summary>
public sealed partial class SecurityFacts
{
    // OWASP ASVS 5.0.0: how many requirements of levels 1 and 2 each section has. They stand before those of level 3 in all of them.
    private static readonly Dictionary<string, int> Sections = """
        1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2 4.4:4
        5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2
        8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3
        11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3
        15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4 17.3:2
        """.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(section => section.Split(':')).ToDictionary(section => section[0], section => int.Parse(section[1]));

    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "security.md"));

    [Fact]
    public void Every_requirement_of_levels_one_and_two_has_one_row()
    {
        var answered = Rows().SelectMany(row => Numbers(row[0])).ToList();
        var wanted = Sections.SelectMany(section => Enumerable.Range(1, section.Value).Select(number => $"{section.Key}.{number}")).ToList();
        Assert.Equal(253, wanted.Count);
        Assert.Empty(wanted.Except(answered));
        Assert.Empty(answered.GroupBy(number => number).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void Every_test_that_a_row_names_is_there()
    {
        var files = Repository.Files("*.cs", "tests").ToList();
        var known = files.SelectMany(file => Declared().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value)).ToHashSet();
        var named = Rows().SelectMany(row => Names(row[^1]).Select(name => (Row: row[0], Name: name))).ToList();
        Assert.True(named.Count > 150, $"{named.Count} names were found.");
        Assert.Empty(named.Where(name => !known.Contains(name.Name) && !IsPlace(name.Name)).Select(name => $"{name.Row}: {name.Name}"));
    }

    // All tables of the page, without their heads.
    private static IEnumerable<string[]> Rows() => Text.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| Requirement", StringComparison.Ordinal) && !line.StartsWith("| What", StringComparison.Ordinal))
        .Select(line => line.Trim('|', ' ').Split(" | ")).Where(row => row.Length > 2);

    private static IEnumerable<string> Numbers(string cell) => Number().Matches(cell).SelectMany(match =>
    {
        var (section, first) = (match.Groups["section"].Value, int.Parse(match.Groups["first"].Value));
        var last = match.Groups["last"].Success ? int.Parse(match.Groups["last"].Value) : first;
        return Enumerable.Range(first, last - first + 1).Select(number => $"{section}.{number}");
    });

    // Classes and facts, alone or one of the other, and folders of tests.
    private static IEnumerable<string> Names(string cell) => Code().Matches(cell).Select(match => match.Groups["name"].Value).SelectMany(name => IsPlace(name) ? [name] : name.Split('.'))
        .Concat(Sentence().Matches(cell).Select(match => match.Value)).Concat(Place().Matches(cell).Select(match => match.Value));

    private static bool IsPlace(string name) => Path.Combine(Repository.Root, "tests", name) is var path && (Directory.Exists(path) || File.Exists($"{path}.cs"));

    [GeneratedRegex(@"(?<section>\d+\.\d+)\.(?<first>\d+)(–\d+\.\d+\.(?<last>\d+))?", RegexOptions.ExplicitCapture)]
    private static partial Regex Number();

    [GeneratedRegex("`(?<name>[A-Za-z][A-Za-z0-9_.]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Code();

    [GeneratedRegex(@"\b[A-Z][a-z0-9]*(_\w+)+", RegexOptions.ExplicitCapture)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\b\w+\.Tests/\w+")]
    private static partial Regex Place();

    [GeneratedRegex(@"\b(class|Task|ValueTask|void) (?<name>\w+)|^\s+public [\w<>\[\], ?]+ (?<name>\w+)\(", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Declared();
}
