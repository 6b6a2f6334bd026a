using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Activity = Platform.Contacts.V1.Activity;
using Person = Platform.Contacts.V1.Person;

namespace Contacts.Tests.Activities;

/// <summary>A member of a company, and what tests do with activities on a member's behalf.</summary>
internal sealed class Member(ContactsFixture contacts, Guid tenant)
{
    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    public Guid Id { get; } = Guid.CreateVersion7();

    public ActivitiesService.ActivitiesServiceClient Activities => new(Calls);

    public PeopleService.PeopleServiceClient People => new(Calls);

    public CompaniesService.CompaniesServiceClient Companies => new(Calls);

    public LeadsService.LeadsServiceClient Leads => new(Calls);

    private CallInvoker Calls => contacts.Grpc(TestTokens.ForPerson(tenant, Id, "contacts.read", "contacts.write"));

    /// <summary>Narrows what the member may do.</summary>
    public Member Under(params AccessPolicy[] policies)
    {
        contacts.Access.Set(tenant, new Platform.Tenants.V1.Access { UserId = Id.ToString(), Permissions = { "contacts.read", "contacts.write" }, Policies = { policies } });
        return this;
    }

    public async Task<Person> PersonAsync(string name = "Timeline") =>
        await People.CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = name } }, cancellationToken: Token);

    public async Task<Activity> WriteAsync(Activity activity) => await Activities.CreateActivityAsync(new CreateActivityRequest { Activity = activity }, cancellationToken: Token);

    public async Task<Activity> ChangeAsync(Activity activity, params string[] mask) => await Activities.UpdateActivityAsync(
        new UpdateActivityRequest { Activity = activity, UpdateMask = mask.Length == 0 ? null : new Google.Protobuf.WellKnownTypes.FieldMask { Paths = { mask } } }, cancellationToken: Token);

    public async Task<Activity> ReadAsync(string id) => await Activities.GetActivityAsync(new GetActivityRequest { Id = id }, cancellationToken: Token);

    public async Task<Activity> DoneAsync(Activity activity) =>
        await Activities.CompleteActivityAsync(new CompleteActivityRequest { Id = activity.Id, Etag = activity.Etag }, cancellationToken: Token);

    public async Task<IReadOnlyList<Activity>> ListAsync(ListActivitiesRequest request) => [.. (await Activities.ListActivitiesAsync(request, cancellationToken: Token)).Activities];
}
