using Platform.Access;
using Platform.Access.Fields;
using Platform.CustomFields;
using Platform.CustomFields.V1;
using Platform.Tenancy;
using Xunit;

namespace Platform.Tests;

/// <summary>What is confidential for whom.</summary>
public sealed class ConfidentialCallerFacts
{
    private const string Path = "custom_fields.iban";

    private static readonly TenantFields Fields = new(new Schema
    {
        Version = 1,
        Fields = { new Field { Resource = "contacts.person", Key = "iban", Type = FieldType.Confidential, Label = "IBAN" } },
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_key_sees_what_is_confidential_with_the_permission_only(bool granted)
    {
        var caller = new Caller();
        caller.SignIn(Guid.CreateVersion7(), "api-keys/1", "key", new HashSet<string>(granted ? ["contacts.read", "metadata.confidential"] : ["contacts.read"]), TenantStanding.Usual);
        caller.Narrow(Fields);
        Assert.Equal(granted, caller.CanRead(Resource, Path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_key_is_told_which_deal_a_lead_became_with_the_permission_to_read_deals_only(bool granted)
    {
        var caller = new Caller();
        caller.SignIn(Guid.CreateVersion7(), "api-keys/1", "key", new HashSet<string>(["contacts.read", "metadata.confidential", .. granted ? ["deals.read"] : Array.Empty<string>()]), TenantStanding.Usual);
        caller.Narrow(Fields);
        var lead = ResourceCatalogue.Find("contacts.lead")!;
        Assert.Equal((granted, true), (caller.CanRead(lead, "converted_deal_id"), caller.CanRead(lead, "converted_person_id")));
    }

    [Fact]
    public void An_application_sees_it_only_where_its_scopes_say_so_whatever_the_person_may()
    {
        var access = new PersonAccess(new Platform.Tenants.V1.Access { UserId = $"{Guid.CreateVersion7()}", Permissions = { "contacts.read", "metadata.confidential" } });
        var (person, app) = (new Caller(), new Caller());
        person.SignIn(Guid.CreateVersion7(), "p", "token", access);
        app.SignIn(Guid.CreateVersion7(), "p", "token", access, new HashSet<string> { "contacts.read" });
        person.Narrow(Fields);
        app.Narrow(Fields);
        Assert.True(person.CanRead(Resource, Path));
        Assert.False(app.CanRead(Resource, Path));
        Assert.True(app.CanRead(Resource, "last_name"));
    }

    [Fact]
    public void The_platform_itself_sees_it()
    {
        var caller = new Caller();
        caller.ActAsSystem(Guid.CreateVersion7(), "work");
        caller.Narrow(Fields);
        Assert.True(caller.CanRead(Resource, Path));
    }

    private static ResourceInfo Resource => ResourceCatalogue.Find("contacts.person")!;
}
