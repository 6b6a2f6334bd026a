using Google.Protobuf;
using Grpc.Core;
using Platform.Communications.V1;
using Platform.Testing;
using Xunit;

namespace Communications.Tests.Emails;

/// <summary>Files go with a message, and an address that only its receiver learns.</summary>
public sealed class EnclosureFacts(CommunicationsFixture communications) : IClassFixture<CommunicationsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_receiver_gets_link_and_file_and_nothing_of_them_is_kept()
    {
        var secret = $"https://gateway.example/q/{Guid.NewGuid():N}";
        var request = Mail();
        (request.Template, request.Link, request.Model) = ("quote-sent", secret, Samples.Of("quote-sent"));
        request.Attachments.Add(new EmailAttachment { Name = "Q-2026-000042.pdf", ContentType = "application/pdf", Content = ByteString.CopyFromUtf8("%PDF-1.7 of the tests") });
        var email = await Platform.SendEmailAsync(request, cancellationToken: Token);
        Assert.Equal(EmailStatus.Sent, (await communications.UntilEndedAsync(email.Id)).Status);
        // On a busy machine a copy of it may have gone out: what counts is the last.
        var received = (await communications.Inbox.ToAsync(request.To))[0];
        var source = (await communications.Inbox.SourceAsync(received)).Replace("=\r\n", "", StringComparison.Ordinal);
        Assert.Equal(2, source.Split(secret).Length - 1);
        Assert.Contains("Q-2026-000042.pdf", source, StringComparison.Ordinal);
        Assert.Contains(Convert.ToBase64String("%PDF-1.7 of the tests"u8), source, StringComparison.Ordinal);
        var kept = await communications.Acme.GetEmailAsync(new GetEmailRequest { Id = email.Id }, cancellationToken: Token);
        Assert.DoesNotContain(secret, kept.ToString(), StringComparison.Ordinal);
        Assert.Contains("https://link.invalid/", kept.TextBody, StringComparison.Ordinal);
        Assert.Equal(0, await communications.Database.QueryAsync<long>($"SELECT count(*) FROM email_enclosures WHERE email_id = '{email.Id}'"));
        Assert.Equal(0, await communications.Database.QueryAsync<long>($"SELECT count(*) FROM audit_entries WHERE coalesce(after::text, '') LIKE '%{secret}%'"));
    }

    [Fact]
    public async Task What_is_too_much_or_no_address_is_refused()
    {
        var large = CommunicationsFixture.Mail();
        large.Attachments.Add(new EmailAttachment { Name = "a.pdf", ContentType = "application/pdf", Content = ByteString.CopyFrom(new byte[(2 * 1024 * 1024) + 1]) });
        var plain = CommunicationsFixture.Mail();
        plain.Link = "https://gateway.example/q/1";
        var script = Mail();
        (script.Template, script.Subject, script.TextBody, script.Model, script.Link) = ("quote-sent", "", "", Samples.Of("quote-sent"), "javascript:alert(1)");
        var unnamed = CommunicationsFixture.Mail();
        unnamed.Attachments.Add(new EmailAttachment { Name = "a\r\nb", ContentType = "pdf" });
        foreach (var wrong in (SendEmailRequest[])[large, plain, script, unnamed])
        {
            var refused = await Assert.ThrowsAsync<RpcException>(async () => await Platform.SendEmailAsync(wrong, cancellationToken: Token));
            Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        }
    }

    [Fact]
    public async Task Files_links_and_letters_of_the_platform_are_sent_by_nobody_else()
    {
        var (file, letter) = (CommunicationsFixture.Mail(), Mail());
        file.Attachments.Add(new EmailAttachment { Name = "a.pdf", ContentType = "application/pdf", Content = ByteString.CopyFromUtf8("%PDF") });
        (letter.Template, letter.Model) = ("quote-sent", Samples.Of("quote-sent"));
        var link = Mail();
        (link.Template, link.Model, link.Link) = ("invoice-issued", Samples.Of("invoice-issued"), "https://gateway.example/q/1");
        foreach (var theirs in (SendEmailRequest[])[file, letter, link])
        {
            var refused = await Assert.ThrowsAsync<RpcException>(async () => await communications.Acme.SendEmailAsync(theirs, cancellationToken: Token));
            Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
        }
    }

    private EmailsService.EmailsServiceClient Platform => new(communications.Grpc(TestTokens.ForService("communications.send"), ("x-tenant-id", $"{TestTenants.Acme}")));

    private static SendEmailRequest Mail() => new() { To = $"u{Guid.NewGuid():N}@customer.example", Subject = "", TextBody = "", SourceType = "quote", SourceId = $"{Guid.NewGuid()}" };
}
