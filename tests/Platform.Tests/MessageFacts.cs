using System.Text;
using CsCheck;
using Google.Protobuf.WellKnownTypes;
using Platform.Contacts.V1;
using Platform.Paging;
using Platform.Rest;
using Platform.Validation;
using Xunit;

namespace Platform.Tests;

public sealed class MessageFacts
{
    [Fact]
    public void A_page_token_is_read_back_with_its_own_query_only() => Gen.Select(Gen.Guid, Gen.String, Gen.String).Sample((id, query, other) =>
    {
        var token = PageToken.Encode(id, query);
        Assert.True(PageToken.TryDecode(token, query, out var read));
        Assert.Equal(id, read);
        Assert.Equal(query == other, PageToken.TryDecode(token, other, out _));
    });

    [Fact]
    public void A_made_up_page_token_is_refused() => Gen.String.Sample(text => Assert.False(PageToken.TryDecode(text, "query", out _)));

    [Fact]
    public void A_mask_changes_its_fields_and_no_others()
    {
        var current = new Company { Name = "Old", Email = "old@company.example", Phone = "1" };
        var merged = Masks.Merge(current, new Company { Name = "New", Phone = "2" }, new FieldMask { Paths = { "name", "email" } });
        Assert.Equal(new Company { Name = "New", Email = "", Phone = "1" }, merged.Value);
        Assert.True(Masks.Merge(current, new Company(), new FieldMask { Paths = { "colour" } }).IsError);
    }

    [Fact]
    public void A_mask_may_be_written_as_JSON_writes_the_fields_and_a_star_is_all_of_them()
    {
        var current = new Company { Name = "Old", TaxNumber = "1", Address = new() { City = "Kiel", PostalCode = "24103" } };
        var change = new Company { TaxNumber = "2", Address = new() { PostalCode = "24105" } };
        var merged = Masks.Merge(current, change, new FieldMask { Paths = { "taxNumber", "address.postalCode" } });
        Assert.Equal(new Company { Name = "Old", TaxNumber = "2", Address = new() { City = "Kiel", PostalCode = "24105" } }, merged.Value);
        Assert.Equal(change, Masks.Merge(current, change, new FieldMask { Paths = { "*" } }).Value);
        Assert.True(Masks.Merge(current, change, new FieldMask { Paths = { "address.city.street" } }).IsError);
    }

    [Fact]
    public void Without_a_mask_the_fields_that_are_set_are_changed()
    {
        var merged = Masks.Merge(new Company { Name = "Old", Phone = "1" }, new Company { Phone = "2" }, null);
        Assert.Equal(new Company { Name = "Old", Phone = "2" }, merged.Value);
    }

    [Theory]
    [InlineData("""{"name":"A","address":{"city":"B"},"customFields":{"anything":[1,{"x":2}]}}""", null)]
    [InlineData("""{"name":"A","colour":"red"}""", "colour")]
    [InlineData("""{"address":{"city":"B","planet":"C"},"name":"A"}""", "address.planet")]
    [InlineData("""{"tax_number":"1"}""", null)]
    [InlineData("""{"name":5}""", "name")]
    [InlineData("""{"name":{"a":1}}""", "name")]
    [InlineData("""{"name":null,"address":null}""", null)]
    [InlineData("""{"name":"A","name":"B"}""", "name")]
    [InlineData("""{"taxNumber":"A","tax_number":"B"}""", "tax_number")]
    [InlineData("""{"address":"Berlin"}""", "address")]
    [InlineData("""{"address":{"lines":"Hauptstr. 1"}}""", "address.lines")]
    [InlineData("""{"address":{"lines":["Hauptstr. 1",2]}}""", "address.lines[1]")]
    [InlineData("""{"createTime":"yesterday"}""", "createTime")]
    [InlineData("""{"createTime":"2026-01-31T12:00:00Z"}""", null)]
    [InlineData("""[]""", "body")]
    [InlineData("""null""", "body")]
    public void What_a_message_cannot_hold_is_found_with_its_path(string json, string? path) =>
        Assert.Equal(path, JsonFields.FirstViolation(Encoding.UTF8.GetBytes(json), Company.Descriptor)?.Violations[0].Field);

    [Theory]
    [InlineData("""{"probability":50}""", null)]
    [InlineData("""{"probability":"50"}""", null)]
    [InlineData("""{"probability":1.5}""", "probability")]
    [InlineData("""{"probability":1e400}""", "probability")]
    [InlineData("""{"probability":99999999999999999999}""", "probability")]
    [InlineData("""{"status":"DEAL_STATUS_OPEN"}""", null)]
    [InlineData("""{"status":1}""", null)]
    [InlineData("""{"status":"OPEN"}""", "status")]
    [InlineData("""{"amountEstimate":{"currency":"EUR","amount":12.5}}""", "amountEstimate.amount")]
    public void So_are_numbers_and_choices(string json, string? path) =>
        Assert.Equal(path, JsonFields.FirstViolation(Encoding.UTF8.GetBytes(json), Platform.Deals.V1.Deal.Descriptor)?.Violations[0].Field);
}
