using System.Text.Json.Nodes;
using CsCheck;
using Platform.Identity.Passwords;
using Platform.Identity.Realms;
using Platform.Identity.Tests.Harness;
using Xunit;

namespace Platform.Identity.Tests.Realms;

public sealed class RealmFacts
{
    [Fact]
    public void A_placeholder_is_its_variable_or_its_default()
    {
        var json = Placeholders.Replace("""{"a":"${A}","b":"${B:http://localhost:8000}/*","c":"${client_id}"}""", name => name == "A" ? "x\"y" : null);

        Assert.Equal("x\"y", (string?)JsonNode.Parse(json)!["a"]);
        Assert.Equal("http://localhost:8000/*", (string?)JsonNode.Parse(json)!["b"]);
        Assert.Equal("${client_id}", (string?)JsonNode.Parse(json)!["c"]);
    }

    [Fact]
    public void Every_missing_placeholder_is_named()
    {
        var exception = Assert.Throws<StartupException>(() => Placeholders.Replace("${ONE} ${TWO} ${ONE}", _ => null));

        Assert.Contains("ONE, TWO", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_a_secret_contains_it_is_read_back_unchanged() =>
        Gen.String.Where(text => text.Length > 0 && !text.Any(char.IsSurrogate)).Sample(secret =>
            (string?)JsonNode.Parse(Placeholders.Replace("""{"secret":"${SECRET}"}""", _ => secret))!["secret"] == secret);

    [Fact]
    public void Composite_roles_contain_others_even_in_a_circle()
    {
        var graph = new RoleGraph(new RolesDocument
        {
            Realm =
            [
                new RoleDocument { Name = "chief", Composites = new CompositesDocument { Realm = ["clerk"] } },
                new RoleDocument
                {
                    Name = "clerk",
                    Composites = new CompositesDocument { Realm = ["chief"], Client = new Dictionary<string, IReadOnlyList<string>> { ["api"] = ["read"] } },
                },
            ],
        });
        var roles = graph.Expand(new UserDocument { Id = "1", Username = "u", RealmRoles = ["chief"] });

        Assert.Equal(["chief", "clerk"], roles.Realm.Order());
        Assert.Equal(["read"], roles.Clients["api"]);
    }

    [Theory]
    [InlineData("pbkdf2-sha512", 1, "{}", "cGFzc3dvcmQ=", "s9JwpXXfSW7d5Qq3LQEZ1uZSilXIqTTihoQwHrTAsGI=")]
    [InlineData("argon2", 2, """{"type":["id"],"version":["1.3"],"memory":["65536"],"parallelism":["1"]}""", "c29tZXNhbHQ=", "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc=")]
    public void Keycloaks_hashes_are_understood(string algorithm, int iterations, string parameters, string salt, string hash)
    {
        var credential = new CredentialDocument
        {
            Type = "password",
            SecretData = $$"""{"value":"{{hash}}","salt":"{{salt}}","additionalParameters":{} }""",
            CredentialData = $$"""{"hashIterations":{{iterations}},"algorithm":"{{algorithm}}","additionalParameters":{{parameters}} }""",
        };

        Assert.True(PasswordHash.Read(credential).Verify("password"));
        Assert.False(PasswordHash.Read(credential).Verify("Password"));
    }

    [Fact]
    public void An_unknown_hash_is_refused_at_start() =>
        Assert.Throws<StartupException>(() => PasswordHash.Read(new CredentialDocument
        {
            Type = "password",
            SecretData = """{"value":"AA==","salt":"AA=="}""",
            CredentialData = """{"hashIterations":1,"algorithm":"md5"}""",
        }));

    [Fact]
    public void The_realm_file_defines_what_the_platform_relies_on()
    {
        var realm = RealmFile.Load(RealmUnderTest.Path, name => name.EndsWith("SECRET", StringComparison.Ordinal) ? "hush" : null);
        var permissions = realm.Settings.Roles.Client["platform-api"].Select(role => role.Name).ToHashSet();

        Assert.Equal("platform", realm.Name);
        Assert.Superset(new HashSet<string> { "tenants.admin", "contacts.import", "automation.read" }, permissions);
        Assert.Subset(permissions, realm.FindServiceAccount("platform-automation")!.Roles.Clients["platform-api"].ToHashSet());
        Assert.Equal(["gina@globex.example", "greg@globex.example"], Members("globex"));
        Assert.Equal(["alice@acme.example", "fiona@acme.example", "sam@acme.example"], Members("acme"));
        Assert.All(realm.Users.Where(user => user.Profile.ServiceAccountClientId is null), user => Assert.True(user.Password!.Verify("demo")));
        Assert.True(realm.FindClient("platform-cli")!.AllowsRedirect("http://127.0.0.1:5555/"));
        Assert.DoesNotContain("\"value\": \"demo\"", File.ReadAllText(RealmUnderTest.Path), StringComparison.Ordinal);

        IEnumerable<string> Members(string alias) => realm.Users
            .Where(user => user.Organizations.Any(organization => organization.Alias == alias)).Select(user => user.Username).Order();
    }
}
