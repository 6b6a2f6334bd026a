using Grpc.Core;
using Platform.Contacts.V1;

namespace Automation.Tests.Fakes;

internal sealed class FakeCompanies(World world) : CompaniesService.CompaniesServiceBase
{
    public override Task<Company> GetCompany(GetCompanyRequest request, ServerCallContext context)
    {
        world.Enter(context, request.Id);
        return Task.FromResult(world.Companies.TryGetValue(request.Id, out var company) ? company : throw World.NotFound(request.Id));
    }

    public override Task<Company> CreateCompany(CreateCompanyRequest request, ServerCallContext context) =>
        Task.FromResult(world.Create(context, world.Companies, request.Company, (company, id) => company.Id = id));
}

internal sealed class FakePeople(World world) : PeopleService.PeopleServiceBase
{
    public override Task<Person> GetPerson(GetPersonRequest request, ServerCallContext context)
    {
        world.Enter(context, request.Id);
        return Task.FromResult(world.People.TryGetValue(request.Id, out var person) ? person : throw World.NotFound(request.Id));
    }

    public override Task<Person> CreatePerson(CreatePersonRequest request, ServerCallContext context) =>
        Task.FromResult(world.Create(context, world.People, request.Person, (person, id) => person.Id = id));
}

/// <summary>One entry a source, as in contacts.</summary>
internal sealed class FakeActivities(World world) : ActivitiesService.ActivitiesServiceBase
{
    public override Task<Activity> CreateActivity(CreateActivityRequest request, ServerCallContext context)
    {
        world.Enter(context, request.Activity.SourceId);
        return Task.FromResult(world.Timeline.GetOrAdd($"{request.Activity.SourceType}:{request.Activity.SourceId}", _ =>
        {
            request.Activity.Id = World.Id();
            return request.Activity;
        }));
    }
}
