using System.Text.Json;
using Xunit;

namespace Architecture.Tests;

/// <summary>What an application may be given, the identity server knows, and can say to people in words.</summary>
public sealed class ScopeFacts
{
    private static readonly JsonElement Realm =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "deploy", "keycloak", "platform-realm.json"))).RootElement;

    public static TheoryData<string> Permissions
    {
        get
        {
            var tenants = Repository.Services["tenants"];
            var all = (IEnumerable<string>)tenants.GetType("Platform.Tenants.Roles.BuiltInRoles")!.GetField("AllPermissions")!.GetValue(null)!;
            var never = (IEnumerable<string>)tenants.GetType("Platform.Tenants.ExternalApps.ExternalAppRules")!.GetField("NeverGranted")!.GetValue(null)!;
            return [.. all.Except(never).Order(StringComparer.Ordinal)];
        }
    }

    [Fact]
    public void There_are_permissions_to_check() => Assert.True(Permissions.Count >= 12);

    [Theory]
    [MemberData(nameof(Permissions))]
    public void A_permission_is_a_scope_of_the_realm_and_has_words_in_each_language(string permission)
    {
        var scope = Assert.Single(Realm.GetProperty("clientScopes").EnumerateArray(), scope => scope.GetProperty("name").GetString() == permission);
        var attributes = scope.GetProperty("attributes");
        Assert.Equal(("true", $"${{consent.{permission}}}"), (attributes.GetProperty("include.in.token.scope").GetString(), attributes.GetProperty("consent.screen.text").GetString()));
        foreach (var language in Realm.GetProperty("localizationTexts").EnumerateObject())
            Assert.True(language.Value.TryGetProperty($"consent.{permission}", out _), $"{language.Name} has no words for {permission}.");
    }
}
