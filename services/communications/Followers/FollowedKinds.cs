using FluentValidation;
using Platform.Access;
using Platform.Invocation;
using static Platform.Languages.Wording;

namespace Platform.Communications.Followers;

/// <summary>Types of records that can be followed, and whose they are.</summary>
internal static class FollowedKinds
{
    public const string Lead = "contacts.lead";
    public const string Person = "contacts.person";
    public const string Company = "contacts.company";
    public const string Deal = "deals.deal";

    /// <summary>What the platform calls an entry of a timeline: it is not followed itself.</summary>
    public const string Activity = "contacts.activity";

    private static readonly string[] BuiltIn = [Lead, Person, Company, Deal];

    /// <summary>The services that have them.</summary>
    public static readonly IReadOnlyList<string> Owners = [DaprNames.Contacts, DaprNames.Deals, DaprNames.Records];

    public static bool IsFollowed(string resource) =>
        BuiltIn.Contains(resource) || (resource.StartsWith(ResourceCatalogue.ObjectPrefix, StringComparison.Ordinal) && ResourceCatalogue.Find(resource) is not null);

    /// <summary>The service whose records are of this type.</summary>
    public static string AppOf(string resource) => resource[..resource.IndexOf('.', StringComparison.Ordinal)];

    public static IRuleBuilderOptions<T, string> Followed<T>(this IRuleBuilder<T, string> rule) => rule.Must(IsFollowed)
        .WithMessage(_ => Say($"Name a type that can be followed: {string.Join(", ", BuiltIn)}, or one of your own objects such as records.machine."));
}
