using Google.Protobuf.WellKnownTypes;
using Platform.Access.Fields;
using Platform.Contacts.V1;
using Platform.Tenants.V1;
using Xunit;

namespace Platform.Tests;

public sealed class RedactionFacts
{
    [Theory]
    [InlineData("", "")]
    [InlineData("abc", "••••••")]
    [InlineData("abcde", "••••••")]
    [InlineData("abcdef", "••••••ef")]
    [InlineData("ida@example.com", "••••••om")]
    public void A_mask_tells_neither_the_length_nor_most_of_the_text(string text, string masked) => Assert.Equal(masked, Redaction.Mask(text));

    [Fact]
    public void What_is_inside_a_record_is_taken_out_of_a_copy()
    {
        var address = new Common.V1.Address { City = "Berlin", Country = "DE" };
        var fields = new Struct { Fields = { ["salary"] = Value.ForNumber(1), ["colour"] = Value.ForString("red") } };
        var person = new Person { LastName = "Quince", Address = address, CustomFields = fields };
        Redaction.Apply(person, [new("address.city", FieldAccess.Hidden), new("custom_fields.salary", FieldAccess.Hidden), new("last_name", FieldAccess.Hidden), new("gone.since", FieldAccess.Hidden)]);
        Assert.Equal(("", "", "DE"), (person.LastName, person.Address.City, person.Address.Country));
        Assert.Equal(["colour"], person.CustomFields.Fields.Keys);
        Assert.Equal(("Berlin", 2), (address.City, fields.Fields.Count));
    }

    [Theory]
    [InlineData("last_name", true)]
    [InlineData("address.city", true)]
    [InlineData("custom_fields.anything", true)]
    [InlineData("lastName", false)]
    [InlineData("address.town", false)]
    [InlineData("last_name.first", false)]
    [InlineData("custom_fields.a.b", false)]
    [InlineData("create_time.seconds", true)]
    [InlineData("", false)]
    public void A_path_exists_where_the_contract_has_it(string path, bool exists) => Assert.Equal(exists, FieldPaths.Exists(Person.Descriptor, path));

    [Fact]
    public void The_closest_policy_decides_on_a_field_and_of_equals_the_strictest()
    {
        var rules = FieldRules.Of(
        [
            Policy(PolicySpecificity.Everyone, ("email", FieldAccess.Hidden), ("phone", FieldAccess.ReadOnly)),
            Policy(PolicySpecificity.Team, ("email", FieldAccess.Full), ("address", FieldAccess.ReadOnly)),
            Policy(PolicySpecificity.Team, ("phone", FieldAccess.Masked), ("address.city", FieldAccess.Full)),
        ]);
        Assert.True(rules.IsReadable("email") && rules.IsWritable("email"));
        Assert.False(rules.IsReadable("phone"));
        Assert.True(rules.IsReadable("address.city"));
        Assert.False(rules.IsWritable("address.city"));
        Assert.True(rules.IsWritable("last_name"));
    }

    private static AccessPolicy Policy(PolicySpecificity specificity, params (string Path, FieldAccess Access)[] rules) => new()
    {
        Name = "policy",
        Resource = "contacts.person",
        Specificity = specificity,
        FieldRules = { rules.Select(rule => new FieldRule { Path = rule.Path, Access = rule.Access }) },
    };
}
