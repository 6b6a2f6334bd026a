using Google.Api;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access;
using Platform.Contacts.Merging;
using Platform.Errors;

namespace Platform.Contacts.People;

/// <summary>The RPC table of people.</summary>
internal sealed class PeopleService(ContactsDbContext db, TimeProvider time, MergeClock clock) : V1.PeopleService.PeopleServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListPeopleResponse> ListPeople(V1.ListPeopleRequest request, ServerCallContext context) =>
        People.ListPeople.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.Person> GetPerson(V1.GetPersonRequest request, ServerCallContext context) =>
        People.GetPerson.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Person> CreatePerson(V1.CreatePersonRequest request, ServerCallContext context) =>
        People.CreatePerson.Handle(request, db, time, context).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Person> UpdatePerson(V1.UpdatePersonRequest request, ServerCallContext context) =>
        People.UpdatePerson.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<Empty> DeletePerson(V1.DeletePersonRequest request, ServerCallContext context) =>
        People.DeletePerson.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.MergePersonResponse> MergePerson(V1.MergePersonRequest request, ServerCallContext context) =>
        Merging.MergePerson.Handle(request, db, clock, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.UnmergePersonResponse> UnmergePerson(V1.UnmergePersonRequest request, ServerCallContext context) =>
        Merging.UnmergePerson.Handle(request, db, clock, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.ListPersonMergesResponse> ListPersonMerges(V1.ListPersonMergesRequest request, ServerCallContext context) =>
        ListMerges.Handle(request, db, clock, context.CancellationToken).Reply();

    [Permission(Permissions.Export)]
    public override Task ExportPeople(V1.ExportPeopleRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context) =>
        People.ExportPeople.Handle(request, responseStream, db, time, context);
}
