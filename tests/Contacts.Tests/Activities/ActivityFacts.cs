using System.Net;
using System.Net.Http.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Testing;
using Xunit;
using Client = Platform.Contacts.V1.ActivitiesService.ActivitiesServiceClient;

namespace Contacts.Tests.Activities;

public sealed class ActivityFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Client Acme => contacts.Activities(TestTenants.Acme);

    [Fact]
    public async Task The_timeline_is_read_newest_first_by_when_it_happened()
    {
        var person = await PersonAsync(TestTenants.Acme);
        var start = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        foreach (var day in new[] { 2, 0, 3, 1 })
            await CreateAsync(new Activity { PersonId = person, Subject = $"Day {day}", OccurTime = Timestamp.FromDateTimeOffset(start.AddDays(day)) });
        var first = await Acme.ListActivitiesAsync(new ListActivitiesRequest { PersonId = person, PageSize = 3 }, cancellationToken: Token);
        var second = await Acme.ListActivitiesAsync(new ListActivitiesRequest { PersonId = person, PageSize = 3, PageToken = first.NextPageToken }, cancellationToken: Token);
        Assert.Equal(["Day 3", "Day 2", "Day 1", "Day 0"], first.Activities.Concat(second.Activities).Select(activity => activity.Subject));
    }

    [Fact]
    public async Task The_same_source_writes_one_entry()
    {
        var person = await PersonAsync(TestTenants.Acme);
        var activity = new Activity { PersonId = person, Subject = "Invoice sent", SourceType = "invoice", SourceId = $"{Guid.NewGuid()}" };
        var written = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => CreateAsync(activity)));
        Assert.Single(written.Distinct());
        Assert.Equal(written[0], await CreateAsync(new Activity(activity) { Subject = "Another text" }));
        Assert.Single((await Acme.ListActivitiesAsync(new ListActivitiesRequest { PersonId = person }, cancellationToken: Token)).Activities);
    }

    [Fact]
    public async Task Targets_must_exist_in_the_tenant()
    {
        var foreign = await PersonAsync(TestTenants.Globex);
        await RefusedAsync(new Activity { PersonId = foreign });
        await RefusedAsync(new Activity { CompanyId = $"{Guid.CreateVersion7()}" });
        await RefusedAsync(new Activity { LeadId = $"{Guid.CreateVersion7()}" });
        await RefusedAsync(new Activity());
    }

    [Fact]
    public async Task Another_tenant_sees_nothing()
    {
        var person = await PersonAsync(TestTenants.Acme);
        await CreateAsync(new Activity { PersonId = person, Subject = "Secret" });
        Assert.Empty((await contacts.Activities(TestTenants.Globex).ListActivitiesAsync(new ListActivitiesRequest { PersonId = person }, cancellationToken: Token)).Activities);
    }

    [Theory]
    [InlineData("?personId=0190ac3e-0000-7000-8000-000000000001&companyId=0190ac3e-0000-7000-8000-000000000001")]
    [InlineData("?personId=7")]
    public async Task A_list_names_one_target_at_most(string query)
    {
        using var client = contacts.Rest(TestTenants.Acme);
        using var response = await client.GetAsync(new Uri($"/api/v1/contacts/activities{query}", UriKind.Relative), Token);
        await Expect.ProblemAsync(response, HttpStatusCode.BadRequest, "INVALID_ARGUMENT");
    }

    [Fact]
    public async Task Without_the_permission_nothing_is_done()
    {
        using var reader = contacts.RestFor(TestTenants.Acme, "contacts.read");
        await Expect.ProblemAsync(await reader.PostAsJsonAsync("/api/v1/contacts/activities", new { subject = "A" }, Token), HttpStatusCode.Forbidden, "PERMISSION_DENIED");
    }

    private async Task RefusedAsync(Activity activity)
    {
        var complete = new Activity(activity) { Kind = ActivityKind.Note, Subject = "Note" };
        await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", Acme.CreateActivityAsync(new CreateActivityRequest { Activity = complete }, cancellationToken: Token));
    }

    private async Task<Activity> CreateAsync(Activity activity) =>
        await Acme.CreateActivityAsync(new CreateActivityRequest { Activity = new Activity(activity) { Kind = ActivityKind.System } }, cancellationToken: Token);

    private async Task<string> PersonAsync(Guid tenant) =>
        (await contacts.People(tenant).CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Timeline" } }, cancellationToken: Token)).Id;
}
