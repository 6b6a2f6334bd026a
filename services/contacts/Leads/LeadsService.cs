using Google.Api;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access;
using Platform.Contacts.Leads.Converting;
using Platform.Contacts.Merging;
using Platform.CustomFields;
using Platform.Errors;

namespace Platform.Contacts.Leads;

/// <summary>The RPC table of leads.</summary>
internal sealed class LeadsService(ContactsDbContext db, CustomFieldDirectory fields, Assignment.TeamDirectory teams, MergeClock clock, ConversionDeals deals, ConvertedDeals converted, TimeProvider time) : V1.LeadsService.LeadsServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListLeadsResponse> ListLeads(V1.ListLeadsRequest request, ServerCallContext context) =>
        Leads.ListLeads.Handle(request, db, converted, time, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.Lead> GetLead(V1.GetLeadRequest request, ServerCallContext context) =>
        Leads.GetLead.Handle(request, db, converted, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Lead> CreateLead(V1.CreateLeadRequest request, ServerCallContext context) =>
        Leads.CreateLead.Handle(request, db, teams, time, context).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Lead> UpdateLead(V1.UpdateLeadRequest request, ServerCallContext context) =>
        Leads.UpdateLead.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<Empty> DeleteLead(V1.DeleteLeadRequest request, ServerCallContext context) =>
        Leads.DeleteLead.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.ConvertLeadResponse> ConvertLead(V1.ConvertLeadRequest request, ServerCallContext context) =>
        Leads.ConvertLead.Handle(request, db, deals, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.MergeLeadResponse> MergeLead(V1.MergeLeadRequest request, ServerCallContext context) =>
        Merging.MergeLead.Handle(request, db, clock, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.UnmergeLeadResponse> UnmergeLead(V1.UnmergeLeadRequest request, ServerCallContext context) =>
        Merging.UnmergeLead.Handle(request, db, clock, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.ListLeadMergesResponse> ListLeadMerges(V1.ListLeadMergesRequest request, ServerCallContext context) =>
        ListMerges.Handle(request, db, clock, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.LeadAssignment> GetLeadAssignment(V1.GetLeadAssignmentRequest request, ServerCallContext context) =>
        Assignment.GetLeadAssignment.Handle(db, context.CancellationToken).Reply();

    [Permission(Permissions.Import)]
    public override Task<V1.LeadAssignment> UpdateLeadAssignment(V1.UpdateLeadAssignmentRequest request, ServerCallContext context) =>
        Assignment.UpdateLeadAssignment.Handle(request, db, fields, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.AssignLeadsResponse> AssignLeads(V1.AssignLeadsRequest request, ServerCallContext context) =>
        Assignment.AssignLeads.Handle(request, db, fields, teams, time, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.LeadScoring> GetLeadScoring(V1.GetLeadScoringRequest request, ServerCallContext context) =>
        Scoring.GetLeadScoring.Handle(db, context.CancellationToken).Reply();

    [Permission(Permissions.Import)]
    public override Task<V1.LeadScoring> UpdateLeadScoring(V1.UpdateLeadScoringRequest request, ServerCallContext context) =>
        Scoring.UpdateLeadScoring.Handle(request, db, fields, time, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.ExplainLeadScoreResponse> ExplainLeadScore(V1.ExplainLeadScoreRequest request, ServerCallContext context) =>
        Scoring.ExplainLeadScore.Handle(request, db, fields, time, context.CancellationToken).Reply();

    [Permission(Permissions.Export)]
    public override Task ExportLeads(V1.ExportLeadsRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context) =>
        Leads.ExportLeads.Handle(request, responseStream, db, time, context);
}
