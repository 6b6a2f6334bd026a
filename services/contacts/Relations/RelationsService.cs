using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access;
using Platform.Errors;

namespace Platform.Contacts.Relations;

/// <summary>The RPC table of what people and companies are to each other.</summary>
internal sealed class RelationsService(ContactsDbContext db, TimeProvider time) : V1.RelationsService.RelationsServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListRelationsResponse> ListRelations(V1.ListRelationsRequest request, ServerCallContext context) =>
        Relations.ListRelations.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.Relation> GetRelation(V1.GetRelationRequest request, ServerCallContext context) =>
        Relations.GetRelation.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Relation> CreateRelation(V1.CreateRelationRequest request, ServerCallContext context) =>
        Relations.CreateRelation.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Relation> UpdateRelation(V1.UpdateRelationRequest request, ServerCallContext context) =>
        Relations.UpdateRelation.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<Empty> DeleteRelation(V1.DeleteRelationRequest request, ServerCallContext context) =>
        Relations.DeleteRelation.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.CompanyHierarchy> GetCompanyHierarchy(V1.GetCompanyHierarchyRequest request, ServerCallContext context) =>
        Relations.GetCompanyHierarchy.Handle(request, db, context.CancellationToken).Reply();
}
