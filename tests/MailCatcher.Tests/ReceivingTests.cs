using System.Text.Json;
using MailKit.Net.Smtp;
using MimeKit;
using Xunit;

namespace Platform.MailCatcher.Tests;

public sealed class ReceivingTests(Catcher catcher) : IClassFixture<Catcher>
{
    private static readonly string[] InvoiceRecipients = ["bob@customer.example", "hidden@acme.example"];

    [Fact]
    public async Task A_message_is_kept_as_it_was_sent()
    {
        var message = Catcher.Message("bob@customer.example", "Счёт № 17");
        message.Body = new BodyBuilder
        {
            TextBody = ".leading dot\n..two dots\nПривет",
            HtmlBody = "<p>Привет, <b>Bob</b></p>",
            Attachments = { { "invoice.pdf", new byte[70_000], new ContentType("application", "pdf") } },
        }.ToMessageBody();
        await catcher.SendAsync(message, InvoiceRecipients);

        var found = (await catcher.GetAsync("/api/v1/messages?to=hidden@acme.example")).GetProperty("messages")[0];
        Assert.Equal("Счёт № 17", found.GetProperty("subject").GetString());
        Assert.Equal("billing@acme.example", found.GetProperty("sender").GetString());
        Assert.Equal(InvoiceRecipients, found.GetProperty("recipients").EnumerateArray().Select(recipient => recipient.GetString()));

        var id = found.GetProperty("id").GetString();
        var details = await catcher.GetAsync($"/api/v1/messages/{id}");
        Assert.Equal(".leading dot\n..two dots\nПривет", details.GetProperty("text").GetString()!.ReplaceLineEndings("\n").TrimEnd());
        Assert.Equal("invoice.pdf", details.GetProperty("attachments")[0].GetProperty("name").GetString());
        Assert.Equal(new byte[70_000], await catcher.GetBytesAsync($"/api/v1/messages/{id}/attachments/0"));
        Assert.Contains("Subject:", await catcher.GetTextAsync($"/api/v1/messages/{id}/source"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_are_found_by_recipient_and_subject_and_survive_a_restart()
    {
        await catcher.SendAsync(Catcher.Message("carol@customer.example", "Reminder one"));
        await catcher.SendAsync(Catcher.Message("carol@customer.example", "Reminder two"));
        await catcher.RestartAsync();

        var all = await catcher.GetAsync("/api/v1/messages?to=Carol@customer.example");
        Assert.Equal(["Reminder two", "Reminder one"], Subjects(all));
        Assert.Equal(["Reminder one"], Subjects(await catcher.GetAsync("/api/v1/messages?to=carol&subject=one")));
        Assert.Equal(["Reminder two"], Subjects(await catcher.GetAsync("/api/v1/messages?q=carol%20two")));
    }

    [Fact]
    public async Task Deleting_takes_only_what_matches()
    {
        await catcher.SendAsync(Catcher.Message("dave@customer.example", "Keep"));
        await catcher.SendAsync(Catcher.Message("dave@customer.example", "Drop"));
        var answer = await catcher.Web.DeleteAsync(new Uri("/api/v1/messages?to=dave&subject=drop", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal(["Keep"], Subjects(await catcher.GetAsync("/api/v1/messages?to=dave")));
    }

    [Theory]
    [InlineData("nobody@nowhere.invalid", SmtpStatusCode.MailboxUnavailable)]
    [InlineData("nobody@tempfail.invalid", SmtpStatusCode.ErrorInProcessing)]
    [InlineData("nobody@mx.tempfail.invalid", SmtpStatusCode.ErrorInProcessing)]
    public async Task Recipients_made_to_fail_are_refused(string recipient, SmtpStatusCode expected)
    {
        var refusal = await Assert.ThrowsAsync<SmtpCommandException>(() => catcher.SendAsync(Catcher.Message(recipient, "Never kept")));
        Assert.Equal(expected, refusal.StatusCode);
        Assert.Empty(Subjects(await catcher.GetAsync("/api/v1/messages?subject=Never")));
    }

    [Fact]
    public async Task A_message_over_the_limit_is_refused_and_the_conversation_goes_on()
    {
        var huge = new string('x', 300_000);
        var answer = await catcher.TalkAsync(
            $"EHLO me\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<big@b.example>\r\nDATA\r\n{huge}\r\n.\r\nNOOP\r\nMAIL FROM:<a@b.example> SIZE=999999\r\nQUIT\r\n");
        Assert.Equal(2, answer.Split("552 5.3.4").Length - 1);
        Assert.Contains("250 2.0.0 OK\r\n", answer, StringComparison.Ordinal);
        Assert.Empty(Subjects(await catcher.GetAsync("/api/v1/messages?to=big@b.example")));
    }

    private static IEnumerable<string?> Subjects(JsonElement list) =>
        list.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("subject").GetString());
}
