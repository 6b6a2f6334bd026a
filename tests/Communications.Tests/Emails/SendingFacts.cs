using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grpc.Core;
using Platform.Communications.V1;
using Platform.Errors;
using Platform.Testing;
using Xunit;
using Client = Platform.Communications.V1.EmailsService.EmailsServiceClient;

namespace Communications.Tests.Emails;

public sealed class SendingFacts(CommunicationsFixture communications) : IClassFixture<CommunicationsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_accepted_email_is_sent_and_announced()
    {
        var request = CommunicationsFixture.Mail();
        var accepted = await SendAsync(communications.Acme, request);
        Assert.Equal((EmailStatus.Queued, 0, request.SourceId), (accepted.Status, accepted.Attempts, accepted.SourceId));
        var sent = await communications.UntilEndedAsync(accepted.Id);
        Assert.Equal((EmailStatus.Sent, 1, ""), (sent.Status, sent.Attempts, sent.LastError));
        Assert.NotNull(sent.SendTime);
        var message = Assert.Single(await communications.Inbox.ToAsync(request.To));
        Assert.Equal(sent.MessageId, Inbox.Header(message, "Message-Id"));
        Assert.Equal("auto-generated", Inbox.Header(message, "Auto-Submitted"));
        Assert.Equal("Acme Billing <billing@acme.example>", Inbox.Header(message, "From")?.Replace("\"", "", StringComparison.Ordinal));
        Assert.Equal("How are you?", message.GetProperty("text").GetString()?.Trim());
        Assert.Equal(1, await communications.EventsAsync("EmailSent", accepted.Id));
    }

    [Fact]
    public async Task The_same_source_is_sent_once_however_many_ask_at_once()
    {
        var request = CommunicationsFixture.Mail();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SendAsync(communications.Acme, request)));
        var id = Assert.Single(answers.Select(answer => answer.Id).Distinct());
        await communications.UntilEndedAsync(id);
        Assert.Equal(id, (await SendAsync(communications.Acme, request)).Id);
        Assert.Single(await communications.Inbox.ToAsync(request.To));
    }

    [Fact]
    public async Task Another_tenant_sees_nothing()
    {
        var request = CommunicationsFixture.Mail();
        var mine = await SendAsync(communications.Acme, request);
        Assert.Equal(StatusCode.NotFound, await StatusOf(communications.Globex.GetEmailAsync(new GetEmailRequest { Id = mine.Id }, cancellationToken: Token)));
        Assert.DoesNotContain((await communications.Globex.ListEmailsAsync(new ListEmailsRequest(), cancellationToken: Token)).Emails, email => email.Id == mine.Id);
        Assert.NotEqual(mine.Id, (await SendAsync(communications.Globex, request)).Id);
    }

    [Fact]
    public async Task What_was_sent_to_some_addresses_is_listed()
    {
        var (one, two) = (CommunicationsFixture.Mail(), CommunicationsFixture.Mail());
        (one.To, two.To) = ($"one-{Guid.NewGuid():N}@north.example", $"two-{Guid.NewGuid():N}@north.example");
        var (first, second) = (await SendAsync(communications.Acme, one), await SendAsync(communications.Acme, two));
        Assert.Equal([first.Id], await IdsAsync(one.To));
        Assert.Equal([second.Id, first.Id], await IdsAsync(one.To, two.To));
        Assert.Empty(await IdsAsync("nobody@north.example"));
        Assert.Empty((await communications.Globex.ListEmailsAsync(new ListEmailsRequest { To = { one.To } }, cancellationToken: Token)).Emails);
        Assert.Equal(StatusCode.InvalidArgument, await StatusOf(communications.Acme.ListEmailsAsync(
            new ListEmailsRequest { To = { Enumerable.Range(0, 51).Select(at => $"{at}@north.example") } }, cancellationToken: Token)));

        async Task<IEnumerable<string>> IdsAsync(params string[] to) =>
            (await communications.Acme.ListEmailsAsync(new ListEmailsRequest { To = { to } }, cancellationToken: Token)).Emails.Select(email => email.Id);
    }

    [Fact]
    public async Task A_list_is_filtered_and_leaves_the_bodies_out()
    {
        var request = CommunicationsFixture.Mail();
        var sent = await SendAsync(communications.Acme, request);
        await communications.UntilEndedAsync(sent.Id);
        var filter = new ListEmailsRequest { Status = EmailStatus.Sent, SourceType = request.SourceType, SourceId = request.SourceId };
        var found = Assert.Single((await communications.Acme.ListEmailsAsync(filter, cancellationToken: Token)).Emails);
        Assert.Equal((sent.Id, ""), (found.Id, found.TextBody));
        filter.Status = EmailStatus.Failed;
        Assert.Empty((await communications.Acme.ListEmailsAsync(filter, cancellationToken: Token)).Emails);
    }

    [Fact]
    public async Task Sending_needs_its_own_permission()
    {
        var reader = new Client(communications.GrpcFor(TestTenants.Acme, "communications.read"));
        Assert.Equal(StatusCode.PermissionDenied, await StatusOf(reader.SendEmailAsync(CommunicationsFixture.Mail(), cancellationToken: Token)));
    }

    [Fact]
    public async Task Rest_speaks_the_same_contract()
    {
        using var rest = communications.RestFor(TestTenants.Acme, "communications.send");
        using var accepted = await rest.PostAsJsonAsync("/api/v1/communications/emails", new { to = "rest@customer.example", subject = "Hello", textBody = "Over REST." }, Token);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        Assert.Equal("EMAIL_STATUS_QUEUED", (await accepted.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("status").GetString());
        using var refused = await rest.PostAsJsonAsync("/api/v1/communications/emails", new { to = "rest@customer.example", template = "no-such" }, Token);
        Assert.Equal("EMAIL_TEMPLATE_UNKNOWN", (await refused.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("code").GetString());
    }

    public static TheoryData<string, string, string> Wrong => new()
    {
        { nameof(SendEmailRequest.To), "nobody", "to" },
        { nameof(SendEmailRequest.To), "a@customer.example, b@customer.example", "to" },
        { nameof(SendEmailRequest.To), "a@customer.example\r\nBcc: b@customer.example", "to" },
        { nameof(SendEmailRequest.ToName), "Lena\r\nBcc: b@customer.example", "toName" },
        { nameof(SendEmailRequest.Subject), "Hello\r\nBcc: b@customer.example", "subject" },
        { nameof(SendEmailRequest.Subject), "", "subject" },
        { nameof(SendEmailRequest.TextBody), "", "textBody" },
        { nameof(SendEmailRequest.Template), "invoice-issued", "subject" },
        { nameof(SendEmailRequest.Language), "not a language", "language" },
        { nameof(SendEmailRequest.SourceId), "", "sourceId" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_field_is_named(string property, string value, string field)
    {
        var request = CommunicationsFixture.Mail();
        typeof(SendEmailRequest).GetProperty(property)!.SetValue(request, value);
        var refused = await Assert.ThrowsAsync<RpcException>(() => SendAsync(communications.Acme, request));
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Contains(refused.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations, violation => violation.Field == field);
    }

    [Fact]
    public async Task A_template_is_sent_as_text_and_html_in_the_language_of_the_customer()
    {
        var request = CommunicationsFixture.Mail();
        (request.Subject, request.TextBody, request.Template, request.Language, request.Model) = ("", "", "invoice-issued", "ru-RU", Samples.Invoice());
        await communications.UntilEndedAsync((await SendAsync(communications.Acme, request)).Id);
        var message = Assert.Single(await communications.Inbox.ToAsync(request.To));
        Assert.Equal("Счёт INV-2026-000042 от Acme Robotics GmbH", message.GetProperty("summary").GetProperty("subject").GetString());
        Assert.Contains("\r\nContent-Language: ru\r\n", await communications.Inbox.SourceAsync(message), StringComparison.Ordinal);
        Assert.Contains("Просим оплатить до", message.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("<html lang=\"ru\"", message.GetProperty("html").GetString(), StringComparison.Ordinal);
    }

    private static async Task<Email> SendAsync(Client client, SendEmailRequest request) => await client.SendEmailAsync(request, cancellationToken: Token);

    private static async Task<StatusCode> StatusOf<T>(AsyncUnaryCall<T> call) => (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).StatusCode;
}
