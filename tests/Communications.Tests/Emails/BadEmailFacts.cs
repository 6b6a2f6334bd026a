using System.Text.Json.Nodes;
using Platform.Testing;
using Xunit;

namespace Communications.Tests.Emails;

public sealed class BadEmailFacts(CommunicationsFixture communications) : IClassFixture<CommunicationsFixture>
{
    [Fact]
    public async Task What_is_wrong_with_a_message_and_its_template_is_named_in_the_language_of_the_caller()
    {
        var tenant = Guid.CreateVersion7();
        using var rest = communications.RestFor(tenant, "communications.read", "communications.send");
        var faults = await BadInput.FaultsAsync(rest, HttpMethod.Post, "/api/v1/communications/emails",
        [
            new(With(("template", "no-such")), "EMAIL_TEMPLATE_UNKNOWN", "template"),
            new(With(("template", BadInput.LongName)), "EMAIL_TEMPLATE_UNKNOWN", "template"),
            new(With(("template", "invoice-issued")), "INVALID_ARGUMENT", "model.invoice.number"),
            new(With(("template", "invoice-issued"), ("model", new JsonObject { ["invoice"] = "text" })), "INVALID_ARGUMENT", "model.invoice.number"),
            new(With(("template", "invoice-issued"), ("model", "text")), "INVALID_ARGUMENT", "model"),
            new(With(("template", "invoice-issued"), ("subject", "Own")), "INVALID_ARGUMENT", "subject"),
            new(With(("subject", "Own")), "INVALID_ARGUMENT", "textBody"),
            new(With(("subject", 5)), "INVALID_ARGUMENT", "subject"),
            new(With(("template", "invoice-issued"), ("language", "no language")), "INVALID_ARGUMENT", "language"),
            new(With(("to", "nobody")), "INVALID_ARGUMENT", "to"),
            new(With(("colour", "red")), "INVALID_ARGUMENT", "colour"),
            new("""{"to":"a@b.example","to":"c@d.example"}""", "INVALID_ARGUMENT", "to"),
        ], TestContext.Current.CancellationToken);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Equal(0, await communications.Database.QueryAsync<long>($"SELECT count(*) FROM emails WHERE tenant_id = '{tenant}'"));
    }

    private static string With(params (string Name, JsonNode Value)[] members)
    {
        var body = new JsonObject { ["to"] = "lena@customer.example" };
        foreach (var (name, value) in members)
            body[name] = value;
        return body.ToJsonString();
    }
}
