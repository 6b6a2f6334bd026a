using Platform.Contacts.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Activity = Platform.Contacts.V1.Activity;

namespace Contacts.Tests.Activities;

public sealed class CompletionFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_service_is_asked_before_anything_is_held_for_its_answer()
    {
        var (tenant, user, deal) = (Guid.CreateVersion7(), Guid.CreateVersion7(), $"{Guid.CreateVersion7()}");
        var (asked, held) = (0, 0L);
        DealsStandIn.Watched[deal] = async () =>
        {
            asked++;
            held += await contacts.Database.QueryAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction' AND query LIKE '%FROM activities WHERE id%'");
        };
        var task = await new Member(contacts, tenant).WriteAsync(new Activity { DealId = deal, Kind = ActivityKind.Task, Subject = "Call" });
        // For whom policies leave some deals only, the activity is seen by way of its deal.
        contacts.Access.Set(tenant, new Platform.Tenants.V1.Access
        {
            UserId = $"{user}",
            Permissions = { "contacts.read", "contacts.write", "deals.read" },
            Policies = { new AccessPolicy { Id = "p", Name = "Own", Resource = "deals.deal", Effect = PolicyEffect.Allow, Actions = { "read" }, Filter = "owner_id = user.id" } },
        });
        asked = 0;
        var narrow = new ActivitiesService.ActivitiesServiceClient(contacts.Grpc(TestTokens.ForPerson(tenant, user)));
        var done = await narrow.CompleteActivityAsync(new CompleteActivityRequest { Id = task.Id }, cancellationToken: Token);
        Assert.Equal((ActivityStatus.Done, 1, 0L), (done.Status, asked, held));
        Assert.Equal(ActivityStatus.Done, (await narrow.CompleteActivityAsync(new CompleteActivityRequest { Id = task.Id, Etag = task.Etag }, cancellationToken: Token)).Status);
    }
}
