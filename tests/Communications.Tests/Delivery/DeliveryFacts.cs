using Platform.Communications.V1;
using Platform.Testing;
using Xunit;

namespace Communications.Tests.Delivery;

public sealed class DeliveryFacts(CommunicationsFixture communications) : IClassFixture<CommunicationsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_recipient_refused_for_good_is_not_tried_again()
    {
        var failed = await communications.UntilEndedAsync(await SendAsync(CommunicationsFixture.Mail("nowhere.invalid")));
        Assert.Equal((EmailStatus.Failed, 1), (failed.Status, failed.Attempts));
        Assert.StartsWith("550 ", failed.LastError, StringComparison.Ordinal);
        Assert.Equal((1, 0), (await communications.EventsAsync("EmailFailed", failed.Id), await communications.EventsAsync("EmailSent", failed.Id)));
        Assert.Equal(0L, await WorkItemsAsync(failed.Id));
    }

    [Fact]
    public async Task A_recipient_refused_for_now_is_tried_until_the_attempts_are_used_up()
    {
        var failed = await communications.UntilEndedAsync(await SendAsync(CommunicationsFixture.Mail("tempfail.invalid")));
        Assert.Equal((EmailStatus.Failed, 5), (failed.Status, failed.Attempts));
        Assert.StartsWith("451 ", failed.LastError, StringComparison.Ordinal);
        Assert.Equal(1, await communications.EventsAsync("EmailFailed", failed.Id));
    }

    [Fact]
    public async Task A_refusal_does_not_cost_the_next_message_its_connection()
    {
        var ids = new List<string>();
        for (var i = 0; i < 10; i++)
            ids.Add(await SendAsync(CommunicationsFixture.Mail(i % 2 == 0 ? "nowhere.invalid" : "customer.example")));
        foreach (var (index, id) in ids.Index())
            Assert.Equal(index % 2 == 0 ? EmailStatus.Failed : EmailStatus.Sent, (await communications.UntilEndedAsync(id)).Status);
    }

    [Fact]
    public async Task Senders_of_several_processes_send_each_message_once()
    {
        await using var replica = communications.StartReplica();
        var requests = Enumerable.Range(0, 40).Select(_ => CommunicationsFixture.Mail()).ToList();
        var ids = await Task.WhenAll(requests.Select(SendAsync));
        foreach (var id in ids)
            Assert.Equal((EmailStatus.Sent, 1), Ended(await communications.UntilEndedAsync(id)));
        foreach (var request in requests)
            Assert.Single(await communications.Inbox.ToAsync(request.To));
    }

    [Fact]
    public async Task An_outcome_that_cannot_be_written_at_once_is_written_later_and_nothing_is_sent_twice()
    {
        await RefuseSettlementAsync();
        var request = CommunicationsFixture.Mail();
        var id = await SendAsync(request);
        await Eventually.HoldsAsync(async () => (await communications.Inbox.ToAsync(request.To)).Count == 1);
        await AllowSettlementAsync();
        Assert.Equal((EmailStatus.Sent, 1), Ended(await communications.UntilEndedAsync(id)));
        Assert.Single(await communications.Inbox.ToAsync(request.To));
    }

    [Fact]
    public async Task A_crash_between_acceptance_and_commit_sends_once_more_with_the_same_message_id()
    {
        await RefuseSettlementAsync();
        var request = CommunicationsFixture.Mail();
        var id = await SendAsync(request);
        await Eventually.HoldsAsync(async () => (await communications.Inbox.ToAsync(request.To)).Count == 1);
        await communications.RestartAsync();
        await AllowSettlementAsync();
        await EndLeasesAsync();
        Assert.Equal((EmailStatus.Sent, 2), Ended(await communications.UntilEndedAsync(id)));
        var messages = await communications.Inbox.ToAsync(request.To);
        Assert.Equal(2, messages.Count);
        Assert.Single(messages.Select(message => Inbox.Header(message, "Message-Id")).Distinct());
        Assert.Equal(1, await communications.EventsAsync("EmailSent", id));
    }

    private static (EmailStatus Status, int Attempts) Ended(Email email) => (email.Status, email.Attempts);

    private async Task<string> SendAsync(SendEmailRequest request) => (await communications.Acme.SendEmailAsync(request, cancellationToken: Token)).Id;

    private Task<long> WorkItemsAsync(string id) => communications.Database.QueryAsync<long>($"SELECT count(*) FROM email_deliveries WHERE email_id = '{id}'");

    // The process has heard the server's answer and cannot write it down: where a crash hurts most.
    private Task RefuseSettlementAsync() => communications.Database.ExecuteAsync("""
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused by the test'; END $$;
        CREATE TRIGGER refuse BEFORE UPDATE ON emails FOR EACH ROW EXECUTE FUNCTION refuse();
        """);

    // As after a minute without a word from who took them.
    private Task EndLeasesAsync() => communications.Database.ExecuteAsync("UPDATE email_deliveries SET due_time = now()");

    private Task AllowSettlementAsync() => communications.Database.ExecuteAsync("DROP TRIGGER refuse ON emails; DROP FUNCTION refuse()");
}
