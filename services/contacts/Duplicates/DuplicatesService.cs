using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access;
using Platform.CustomFields;
using Platform.Errors;

namespace Platform.Contacts.Duplicates;

/// <summary>The RPC table of duplicates.</summary>
internal sealed class DuplicatesService(ContactsDbContext db, CustomFieldDirectory fields, TimeProvider time) : V1.DuplicatesService.DuplicatesServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.DuplicateRules> GetDuplicateRules(V1.GetDuplicateRulesRequest request, ServerCallContext context) =>
        Duplicates.GetDuplicateRules.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Import)]
    public override Task<V1.DuplicateRules> UpdateDuplicateRules(V1.UpdateDuplicateRulesRequest request, ServerCallContext context) =>
        Duplicates.UpdateDuplicateRules.Handle(request, db, fields, time, context.CancellationToken).Reply();

    [Permission(Permissions.Import)]
    public override Task<Empty> SweepDuplicates(V1.SweepDuplicatesRequest request, ServerCallContext context) =>
        Duplicates.SweepDuplicates.Handle(db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.ListDuplicatesResponse> ListDuplicates(V1.ListDuplicatesRequest request, ServerCallContext context) =>
        Duplicates.ListDuplicates.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<Empty> DismissDuplicate(V1.DismissDuplicateRequest request, ServerCallContext context) =>
        Duplicates.DismissDuplicate.Handle(request, db, context.CancellationToken).Reply();
}
