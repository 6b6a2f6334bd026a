using Google.Protobuf.WellKnownTypes;
using Platform.Contacts.V1;
using Platform.CustomFields.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;

namespace Contacts.Tests.Exports;

public sealed class ExportFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fields_that_the_company_added_have_columns_but_for_those_that_are_hidden()
    {
        contacts.Fields.Set(_tenant, Of("region", FieldType.Text), Of("salary", FieldType.Number), Of("vip", FieldType.Boolean));
        var person = new Person { LastName = "Column", Email = "column@initech.example", CustomFields = Struct.Parser.ParseJson("""{"region":"=north","salary":-5,"vip":true}""") };
        await contacts.People(_tenant).CreatePersonAsync(new CreatePersonRequest { Person = person }, cancellationToken: Token);
        var id = Guid.CreateVersion7();
        contacts.Access.Set(_tenant, new Platform.Tenants.V1.Access
        {
            UserId = $"{id}",
            Permissions = { "contacts.read", "contacts.export" },
            Policies =
            {
                new AccessPolicy { Id = "p", Name = "No vips", Resource = "contacts.person", Specificity = PolicySpecificity.Role, FieldRules = { new FieldRule { Path = "custom_fields.vip", Access = FieldAccess.Hidden } } },
            },
        });
        using var rest = contacts.Rest(TestTokens.ForPerson(_tenant, id));
        var lines = (await rest.GetStringAsync(new Uri("/api/v1/contacts/people:export?filter=custom_fields.salary%20%3C%200", UriKind.Relative), Token)).Split("\r\n");
        var names = lines[0].Split(',');
        var row = lines[1].Split(',');
        Assert.Equal(["custom_fields.region", "custom_fields.salary"], names.Where(name => name.StartsWith("custom_fields", StringComparison.Ordinal)));
        Assert.Equal(("\"'=north\"", "-5"), (row[Array.IndexOf(names, "custom_fields.region")], row[Array.IndexOf(names, "custom_fields.salary")]));
    }

    [Theory]
    [InlineData("companies")]
    [InlineData("leads")]
    [InlineData("activities")]
    public async Task Each_kind_has_its_file(string kind)
    {
        using var rest = contacts.RestFor(_tenant, "contacts.export");
        var text = await rest.GetStringAsync(new Uri($"/api/v1/contacts/{kind}:export", UriKind.Relative), Token);
        Assert.StartsWith("id,", text, StringComparison.Ordinal);
        Assert.Single(text.Trim().Split('\n'));
    }

    [Fact]
    public async Task Of_activities_the_file_has_what_the_list_shows_and_the_log_tells_of_it()
    {
        var user = Guid.CreateVersion7();
        var people = contacts.People(_tenant);
        var mine = await people.CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Mine", OwnerId = $"{user}" } }, cancellationToken: Token);
        var theirs = await people.CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Theirs" } }, cancellationToken: Token);
        foreach (var (person, subject) in new[] { (mine, "Seen call"), (theirs, "Hidden call") })
            await contacts.Activities(_tenant).CreateActivityAsync(new CreateActivityRequest { Activity = new Activity { PersonId = person.Id, Kind = ActivityKind.Note, Subject = subject } }, cancellationToken: Token);
        contacts.Access.Set(_tenant, new Platform.Tenants.V1.Access
        {
            UserId = $"{user}",
            Permissions = { "contacts.read", "contacts.export", "deals.read" },
            Policies =
            {
                new AccessPolicy { Id = "p", Name = "Own", Resource = "contacts.person", Specificity = PolicySpecificity.Role, Effect = PolicyEffect.Allow, Actions = { "read" }, Filter = "owner_id = user.id" },
                new AccessPolicy { Id = "q", Name = "No owners", Resource = "contacts.activity", Specificity = PolicySpecificity.Role, FieldRules = { new FieldRule { Path = "owner_id", Access = FieldAccess.Hidden } } },
            },
        });
        using var rest = contacts.Rest(TestTokens.ForPerson(_tenant, user));
        var text = await rest.GetStringAsync(new Uri("/api/v1/contacts/activities:export?filter=kind%20%3D%20ACTIVITY_KIND_NOTE", UriKind.Relative), Token);
        Assert.Contains("Seen call", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Hidden call", text, StringComparison.Ordinal);
        Assert.DoesNotContain("owner_id", text.Split("\r\n")[0].Split(','));
        Assert.Equal(1, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM audit_entries WHERE tenant_id = '{_tenant}' AND action = 'export' AND after::text LIKE '%kind%'"));
    }

    private static Field Of(string key, FieldType type) => new() { Key = key, Resource = "contacts.person", Label = key, Type = type };
}
