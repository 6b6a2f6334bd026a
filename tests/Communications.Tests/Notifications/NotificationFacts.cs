using System.Net.Http.Json;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Communications.V1;
using Platform.Contacts.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

using Client = Platform.Communications.V1.NotificationsService.NotificationsServiceClient;

namespace Communications.Tests.Notifications;

/// <summary>What the platform tells a person within the application, and by e-mail.</summary>
public sealed class NotificationFacts(CommunicationsFixture communications) : IClassFixture<CommunicationsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_device_is_told_of_by_mail_and_within_the_application_once()
    {
        var (user, email) = (Guid.CreateVersion7(), $"u{Guid.NewGuid():N}@acme.example");
        var (message, eventId) = (NewDevice(user, email), Guid.CreateVersion7());
        for (var delivery = 0; delivery < 3; delivery++)
            Assert.Equal("SUCCESS", await communications.DeliverAsync(TestTenants.Acme, message, eventId));
        await Eventually.HoldsAsync(async () => (await communications.Inbox.ToAsync(email)).Count == 1);
        var mail = Assert.Single(await communications.Inbox.ToAsync(email));
        Assert.Equal("New sign-in from Firefox on Windows", mail.GetProperty("summary").GetProperty("subject").GetString());
        var source = await communications.Inbox.SourceAsync(mail);
        Assert.Contains("203.0.113.9", source, StringComparison.Ordinal);
        Assert.Contains("change your password at once", source.Replace("=\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        var notice = Assert.Single((await As(user).ListNotificationsAsync(new ListNotificationsRequest(), cancellationToken: Token)).Notifications);
        Assert.Equal(("security.new-device", "New sign-in from Firefox on Windows", "203.0.113.9", false), (notice.Kind, notice.Title, notice.Data.Fields["address"].StringValue, notice.Read));
        Assert.Contains("on 25\u00a0November 2026 at 20:13 UTC, address 203.0.113.9", notice.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_has_no_address_is_told_within_the_application()
    {
        var user = Guid.CreateVersion7();
        await communications.DeliverAsync(TestTenants.Acme, NewDevice(user, ""));
        Assert.Equal(1, (await As(user).GetUnreadCountAsync(new GetUnreadCountRequest(), cancellationToken: Token)).Unread);
        // What says nothing of anybody is no reason to be asked again.
        Assert.Equal("SUCCESS", await communications.DeliverAsync(TestTenants.Acme, new SignedInFromNewDevice()));
    }

    [Fact]
    public async Task What_is_read_is_not_counted_any_more()
    {
        var user = Guid.CreateVersion7();
        for (var i = 0; i < 3; i++)
            await communications.DeliverAsync(TestTenants.Acme, NewDevice(user, ""));
        var all = (await As(user).ListNotificationsAsync(new ListNotificationsRequest(), cancellationToken: Token)).Notifications;
        var mark = new MarkNotificationsReadRequest { Ids = { all[1].Id } };
        Assert.Equal(2, (await As(user).MarkNotificationsReadAsync(mark, cancellationToken: Token)).Unread);
        Assert.Equal(2, (await As(user).MarkNotificationsReadAsync(mark, cancellationToken: Token)).Unread);
        var read = Assert.Single((await As(user).ListNotificationsAsync(new ListNotificationsRequest { Filter = "read = true" }, cancellationToken: Token)).Notifications);
        Assert.Equal((all[1].Id, true), (read.Id, read.ReadTime is not null));
        using var rest = communications.Rest(TestTokens.ForPerson(TestTenants.Acme, user, "contacts.read"));
        using var response = await rest.PostAsJsonAsync("/api/v1/communications/notifications:markRead", new { }, Token);
        Assert.Equal(0, (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("unread").GetInt32());
        Assert.Equal(0, (await rest.GetFromJsonAsync<JsonElement>("/api/v1/communications/notifications:unreadCount", Token)).GetProperty("unread").GetInt32());
    }

    [Fact]
    public async Task Nobody_sees_or_marks_those_of_another()
    {
        var (user, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await communications.DeliverAsync(TestTenants.Acme, NewDevice(user, ""));
        var id = Assert.Single((await As(user).ListNotificationsAsync(new ListNotificationsRequest(), cancellationToken: Token)).Notifications).Id;
        Client[] strangers = [As(other), new(communications.Grpc(TestTokens.ForPerson(TestTenants.Globex, user, "contacts.read")))];
        foreach (var stranger in strangers)
        {
            Assert.Empty((await stranger.ListNotificationsAsync(new ListNotificationsRequest(), cancellationToken: Token)).Notifications);
            await stranger.MarkNotificationsReadAsync(new MarkNotificationsReadRequest { Ids = { id } }, cancellationToken: Token);
            await stranger.MarkNotificationsReadAsync(new MarkNotificationsReadRequest(), cancellationToken: Token);
        }

        string[] tokens = [TestTokens.ForPerson(TestTenants.Acme, Guid.CreateVersion7()), TestTokens.ForService("communications.read")];
        foreach (var token in tokens)
        {
            var refused = await Assert.ThrowsAsync<RpcException>(async () =>
                await new Client(communications.Grpc(token, ("x-tenant-id", TestTenants.Acme.ToString()))).ListNotificationsAsync(new ListNotificationsRequest(), cancellationToken: Token));
            Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
        }

        Assert.Equal(1, (await As(user).GetUnreadCountAsync(new GetUnreadCountRequest(), cancellationToken: Token)).Unread);
    }

    [Fact]
    public async Task Every_administrator_is_told_of_each_step_of_support_access()
    {
        var (first, second, email) = (Guid.CreateVersion7(), Guid.CreateVersion7(), $"u{Guid.NewGuid():N}@acme.example");
        var grant = new SupportGrant { Id = Guid.CreateVersion7().ToString(), SupportName = "Pat Support", Reason = "Ticket 4711", Duration = Duration.FromTimeSpan(TimeSpan.FromHours(2)) };
        foreach (var state in (SupportGrantState[])[SupportGrantState.Requested, SupportGrantState.Granted, SupportGrantState.Expired])
        {
            grant.State = state;
            var message = new SupportAccessChanged { Grant = grant, Administrators = { Administrator(first, email), Administrator(second, "") } };
            Assert.Equal("SUCCESS", await communications.DeliverAsync(TestTenants.Acme, message));
        }

        var told = (await As(first).ListNotificationsAsync(new ListNotificationsRequest { Filter = "kind = \"support.access\"" }, cancellationToken: Token)).Notifications;
        Assert.Equal(["Support access has ended: Pat Support", "The support team has access: Pat Support", "The support team asks for access: Pat Support"], told.Select(notice => notice.Title));
        Assert.Equal(3, (await As(second).GetUnreadCountAsync(new GetUnreadCountRequest(), cancellationToken: Token)).Unread);
        await Eventually.HoldsAsync(async () => (await communications.Inbox.ToAsync(email)).Count == 3);
    }

    [Fact]
    public async Task An_activity_whose_time_has_come_is_told_of_once_and_without_a_mail()
    {
        var (user, eventId) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var activity = new Activity { Id = $"{Guid.CreateVersion7()}", Kind = ActivityKind.Task, Subject = "Call Hooli", DueTime = new DateTimeOffset(2026, 11, 27, 9, 30, 0, TimeSpan.Zero).ToTimestamp() };
        for (var delivery = 0; delivery < 3; delivery++)
            Assert.Equal("SUCCESS", await communications.DeliverAsync(TestTenants.Acme, new ActivityReminded { Activity = activity, UserId = $"{user}" }, eventId));
        Assert.Equal("SUCCESS", await communications.DeliverAsync(TestTenants.Acme, new ActivityReminded()));
        var notice = Assert.Single((await As(user).ListNotificationsAsync(new ListNotificationsRequest(), cancellationToken: Token)).Notifications);
        Assert.Equal(("contacts.activity-reminder", "Reminder: Call Hooli", activity.Id), (notice.Kind, notice.Title, notice.Data.Fields["activity"].StringValue));
        Assert.Equal("Call Hooli: 27\u00a0November 2026 at 09:30 UTC", notice.Text);
    }

    [Fact]
    public async Task Whoever_began_to_work_on_many_records_is_told_when_that_has_ended()
    {
        var user = Guid.CreateVersion7();
        var job = new Platform.Bulk.V1.BulkJob { Id = $"{Guid.CreateVersion7()}", Resource = "contacts.person", Operation = Platform.Bulk.V1.BulkOperation.Delete, State = Platform.Bulk.V1.BulkState.Succeeded, Total = 3, Done = 2, Failed = 1 };
        Assert.Equal("SUCCESS", await communications.DeliverAsync(TestTenants.Acme, new BulkJobEnded { Job = job, UserId = $"{user}" }));
        Assert.Equal("SUCCESS", await communications.DeliverAsync(TestTenants.Acme, new Platform.Deals.V1.BulkJobEnded { Job = new(job) { Resource = "deals.deal", State = Platform.Bulk.V1.BulkState.Undone, Undo = new() { Restored = 2 } }, UserId = $"{user}" }));
        Assert.Equal("SUCCESS", await communications.DeliverAsync(TestTenants.Acme, new BulkJobEnded { Job = job }));
        var told = (await As(user).ListNotificationsAsync(new ListNotificationsRequest(), cancellationToken: Token)).Notifications;
        Assert.Equal(
            [("deals.bulk-job", "The deletion was taken back", "2 records are as they were, 0 were left as they are."), ("contacts.bulk-job", "The deletion is finished", "Of 3 records 2 were done, 0 passed over and 1 refused.")],
            told.Select(notice => (notice.Kind, notice.Title, notice.Text)));
    }

    private static SupportAccessChanged.Types.Administrator Administrator(Guid user, string email) => new() { UserId = user.ToString(), Email = email, DisplayName = "Lena" };

    [Fact]
    public async Task Pages_hold_each_once_and_wrong_requests_are_refused()
    {
        var user = Guid.CreateVersion7();
        for (var i = 0; i < 5; i++)
            await communications.DeliverAsync(TestTenants.Acme, NewDevice(user, ""));
        var seen = new List<string>();
        for (var request = new ListNotificationsRequest { PageSize = 2 }; ;)
        {
            var page = await As(user).ListNotificationsAsync(request, cancellationToken: Token);
            seen.AddRange(page.Notifications.Select(notice => notice.Id));
            if ((request.PageToken = page.NextPageToken).Length == 0)
                break;
        }

        Assert.Equal((5, 5), (seen.Count, seen.Distinct().Count()));
        var wrong = await Assert.ThrowsAsync<RpcException>(async () => await As(user).MarkNotificationsReadAsync(new MarkNotificationsReadRequest { Ids = { "all" } }, cancellationToken: Token));
        Assert.Equal(StatusCode.InvalidArgument, wrong.StatusCode);
    }

    private Client As(Guid user) => new(communications.Grpc(TestTokens.ForPerson(TestTenants.Acme, user, "contacts.read")));

    private static SignedInFromNewDevice NewDevice(Guid user, string email) => new()
    {
        DeviceId = Guid.CreateVersion7().ToString(),
        UserId = user.ToString(),
        Email = email,
        DisplayName = "Lena Hoffmann",
        Device = "Firefox on Windows",
        Address = "203.0.113.9",
        ClientId = "platform-web",
        Time = new DateTimeOffset(2026, 11, 25, 20, 13, 30, TimeSpan.Zero).ToTimestamp(),
    };
}
