using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.Errors;

namespace Platform.Languages;

/// <summary>
/// What people are told, in the language of their call. In the source it stands in English, which is the name of the sentence too; for
/// other languages an assembly has a file <c>Wording.ru.json</c> of English sentences and their translation. What is in no file is said
/// in English. Codes, names of fields and what a formula or a filter is written in stay as they are.
/// </summary>
public static class Wording
{
    private const string Prefix = "Wording.";
    private const string Suffix = ".json";

    private static readonly ConcurrentDictionary<(string Language, string Words), string> Known = new();

    static Wording() => Learn(typeof(Wording).Assembly);

    /// <summary>Takes the translations that a service has of its own sentences.</summary>
    public static void Learn(Assembly assembly)
    {
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal)))
        {
            using var file = assembly.GetManifestResourceStream(name)!;
            foreach (var (words, translation) in JsonSerializer.Deserialize<Dictionary<string, string>>(file)!)
                Known[(name[Prefix.Length..^Suffix.Length], words)] = translation;
        }
    }

    /// <summary>The same, where the service is set up.</summary>
    public static IServiceCollection AddWording(this IServiceCollection services, Assembly assembly)
    {
        Learn(assembly);
        return services;
    }

    /// <summary>A sentence without parts.</summary>
    public static string Say(string words) => Known.GetValueOrDefault((SpokenLanguage.Current, words), words);

    /// <summary>A sentence with parts: an interpolated string.</summary>
    public static string Say(Phrase phrase) => phrase.In(Say(phrase.Words));

    /// <summary>The error with what it says in the language of the call, where that is a sentence without parts: others are said where they are made.</summary>
    internal static Error Spoken(this Error error)
    {
        if (SpokenLanguage.Current == SpokenLanguage.Default)
            return error;
        var message = Say(error.Message);
        // What is said of fields stands in the message of the whole as well.
        foreach (var violation in error.Violations.Where(violation => Say(violation.Message) != violation.Message))
            message = message.Replace(violation.Message, Say(violation.Message), StringComparison.Ordinal);
        return error with { Message = message, Violations = [.. error.Violations.Select(violation => violation with { Message = Say(violation.Message) })] };
    }
}
