using System.Net;
using Microsoft.EntityFrameworkCore;
using Platform.Testing;
using Xunit;

namespace Platform.Tests;

public sealed class InboxFacts(SampleService sample) : IClassFixture<SampleService>
{
    [Fact]
    public async Task A_delivered_event_is_worked_on_once()
    {
        var text = $"once {Guid.NewGuid()}";
        var envelope = Envelope(text);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => sample.PostAsync("/events/contacts", envelope)));
        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.OK, """{"status":"SUCCESS"}"""), answer));
        Assert.Equal(1, await CountAsync(TestTenants.Acme, text));
        Assert.Equal(0, await CountAsync(TestTenants.Globex, text));
    }

    [Fact]
    public async Task A_failed_handler_leaves_nothing_behind_and_the_event_comes_again()
    {
        var text = $"again {Guid.NewGuid()}";
        var envelope = Envelope(text);
        sample.FailuresToCome = 1;
        Assert.Equal("""{"status":"RETRY"}""", (await sample.PostAsync("/events/contacts", envelope)).Body);
        Assert.Equal(0, await CountAsync(TestTenants.Acme, text));
        Assert.Equal("""{"status":"SUCCESS"}""", (await sample.PostAsync("/events/contacts", envelope)).Body);
        Assert.Equal(1, await CountAsync(TestTenants.Acme, text));
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("""{"id":"1","type":"platform.contacts.v1.CompanyDeleted","data":{}}""")]
    [InlineData("""{"id":"1","type":"platform.contacts.v1.CompanyDeleted","tenantid":"acme","data":{}}""")]
    public async Task What_is_no_event_of_ours_is_dropped(string body) =>
        Assert.Equal("""{"status":"DROP"}""", (await sample.PostAsync("/events/contacts", body)).Body);

    [Fact]
    public async Task Only_the_sidecar_may_deliver()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await sample.PostAsync("/events/contacts", Envelope("x"), token: "guess")).Code);
        Assert.Equal(HttpStatusCode.Unauthorized, (await sample.PostAsync("/events/contacts", Envelope("x"), token: "")).Code);
    }

    private Task<int> CountAsync(Guid tenant, string text) => sample.InTenantAsync(tenant, db => db.Notes.CountAsync(note => note.Text == text));

    private static string Envelope(string text) => $$"""
        {"specversion":"1.0","id":"{{Guid.NewGuid()}}","source":"test","type":"platform.contacts.v1.CompanyDeleted","tenantid":"{{TestTenants.Acme}}",
         "data":{"id":"{{text}}"} }
        """;
}
