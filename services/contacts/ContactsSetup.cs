using FluentValidation;
using Platform.Access;
using Platform.Access.Teams;
using Platform.Bulk;
using Platform.Contacts.Activities;
using Platform.Contacts.Bulk;
using Platform.Contacts.Chores;
using Platform.Contacts.Companies;
using Platform.Contacts.Consents;
using Platform.Contacts.ContactPoints;
using Platform.Contacts.Duplicates;
using Platform.Contacts.Forms;
using Platform.Contacts.Forms.Intake;
using Platform.Contacts.Imports;
using Platform.Contacts.Imports.Undoing;
using Platform.Contacts.Leads;
using Platform.Contacts.Leads.Assignment;
using Platform.Contacts.Leads.Converting;
using Platform.Contacts.Leads.Scoring;
using Platform.Contacts.Merging;
using Platform.Contacts.People;
using Platform.Contacts.Relations;
using Platform.Contacts.Segments;
using Platform.Contacts.Segments.Keeping;
using Platform.Contacts.Segments.Members;
using Platform.Data;
using Platform.Deals.V1;
using Platform.Events;
using Platform.Finance.V1;
using Platform.Invocation;
using Platform.Languages;
using Platform.Monetary.Rates;
using Platform.Publishing;
using Platform.Tenants.V1;

namespace Platform.Contacts;

internal static class ContactsSetup
{
    /// <summary>Answers for the domain; forms to everybody.</summary>
    public static void MapContacts(this WebApplication app)
    {
        app.MapGrpcService<CompaniesService>();
        app.MapGrpcService<PeopleService>();
        app.MapGrpcService<LeadsService>();
        app.MapGrpcService<ConversionsService>();
        app.MapGrpcService<ConsentsService>();
        app.MapGrpcService<ActivitiesService>();
        app.MapGrpcService<RelationsService>();
        app.MapGrpcService<DuplicatesService>();
        app.MapGrpcService<SegmentsService>();
        app.MapGrpcService<Bulk.BulkService>();
        app.MapGrpcService<ContactsAccessService>();
        app.MapGrpcService<LeadFormsService>();
        app.MapGrpcService<LeadIntakeService>();
    }

    /// <summary>What the domain reacts to.</summary>
    public static void Subscribe(EventSubscriptions events) => events
        .On<DealDeleted, ContactsDbContext>(OnDealDeleted.Handle)
        .On<DealRestored, ContactsDbContext>(KeptDeals.Handle)
        .On<MemberChanged, ContactsDbContext>(OnMemberChanged.Handle)
        .ForgetTeams()
        .KeepRates();

    public static IServiceCollection AddContacts(this IServiceCollection services, IConfiguration configuration) => services
        .AddWording(typeof(ContactsSetup).Assembly)
        .AddReporting()
        .AddBulk(configuration, (job, user) => new V1.BulkJobEnded { Job = job, UserId = user }, BulkPeople.Kind, BulkCompanies.Kind, BulkLeads.Kind, BulkActivities.Kind)
        .AddProtectedResources(Lead.Resource, Person.Resource, Company.Resource, Activity.Resource, Relation.Resource)
        .AddServiceClient(DaprNames.Deals, invoker => new DealsService.DealsServiceClient(invoker))
        .AddServiceClient(DaprNames.Deals, invoker => new QuotesService.QuotesServiceClient(invoker))
        .AddServiceClient(DaprNames.Deals, invoker => new VisibilityService.VisibilityServiceClient(invoker))
        .AddServiceClient(DaprNames.Finance, invoker => new InvoicesService.InvoicesServiceClient(invoker))
        .AddPublicPages()
        .AddTeams()
        .AddSingleton<TeamDirectory>()
        .AddScoped<KnownDeals>()
        .AddScoped<ConversionDeals>()
        .AddScoped<ConvertedDeals>()
        .AddScoped<SettleConversion>()
        .AddScoped<NamedElsewhere>()
        .Configure<ContactsOptions>(configuration.GetSection("Contacts"))
        .AddSingleton<MergeClock>()
        .AddWorkSignal<ChoreSignal>()
        .AddSingleton<ChoreQueue>()
        .AddHostedService<ChoreWorker>()
        .AddWorkSignal<NumberPhonesSignal>()
        .AddHostedService<NumberPhonesWorker>()
        .AddWorkSignal<SweepSignal>()
        .AddHostedService<SweepWorker>()
        .AddWorkSignal<DuplicateCheckSignal>()
        .AddSingleton<DuplicateCheckQueue>()
        .AddHostedService<DuplicateCheckWorker>()
        .AddWorkSignal<SegmentCheckSignal>()
        .AddSingleton<SegmentCheckQueue>()
        .AddHostedService<SegmentCheckWorker>()
        .AddWorkSignal<SegmentRunSignal>()
        .AddSingleton<SegmentRunQueue>()
        .AddHostedService<SegmentRunWorker>()
        .AddWorkSignal<ScoreRunSignal>()
        .AddSingleton<ScoreRunQueue>()
        .AddHostedService<ScoreRunWorker>()
        .AddWorkSignal<UndoSignal>()
        .AddHostedService<UndoWorker>()
        .AddScoped<ImportLog>()
        .AddScoped<ImportContacts>()
        .AddSingleton<IValidator<V1.UndoImportRequest>, UndoImport.Validator>()
        .AddSingleton<IValidator<V1.ListCompaniesRequest>, ListCompanies.Validator>()
        .AddSingleton<IValidator<V1.ExportCompaniesRequest>, ExportCompanies.Validator>()
        .AddSingleton<IValidator<V1.CreateCompanyRequest>, CreateCompany.Validator>()
        .AddSingleton<IValidator<V1.UpdateCompanyRequest>, UpdateCompany.Validator>()
        .AddSingleton<IValidator<V1.MergeCompanyRequest>, MergeCompany.Validator>()
        .AddSingleton<IValidator<V1.UnmergeCompanyRequest>, UnmergeCompany.Validator>()
        .AddSingleton<IValidator<V1.ListCompanyMergesRequest>, ListMerges.CompanyValidator>()
        .AddSingleton<IValidator<V1.ListPeopleRequest>, ListPeople.Validator>()
        .AddSingleton<IValidator<V1.ExportPeopleRequest>, ExportPeople.Validator>()
        .AddSingleton<IValidator<V1.CreatePersonRequest>, CreatePerson.Validator>()
        .AddSingleton<IValidator<V1.UpdatePersonRequest>, UpdatePerson.Validator>()
        .AddSingleton<IValidator<V1.MergePersonRequest>, MergePerson.Validator>()
        .AddSingleton<IValidator<V1.UnmergePersonRequest>, UnmergePerson.Validator>()
        .AddSingleton<IValidator<V1.ListPersonMergesRequest>, ListMerges.PersonValidator>()
        .AddSingleton<IValidator<V1.ListLeadsRequest>, ListLeads.Validator>()
        .AddSingleton<IValidator<V1.ExportLeadsRequest>, ExportLeads.Validator>()
        .AddSingleton<IValidator<V1.CreateLeadRequest>, CreateLead.Validator>()
        .AddSingleton<IValidator<V1.UpdateLeadRequest>, UpdateLead.Validator>()
        .AddSingleton<IValidator<V1.ConvertLeadRequest>, ConvertLead.Validator>()
        .AddSingleton<IValidator<V1.ExplainLeadScoreRequest>, ExplainLeadScore.Validator>()
        .AddSingleton<IValidator<V1.MergeLeadRequest>, MergeLead.Validator>()
        .AddSingleton<IValidator<V1.UnmergeLeadRequest>, UnmergeLead.Validator>()
        .AddSingleton<IValidator<V1.ListLeadMergesRequest>, ListMerges.LeadValidator>()
        .AddSingleton<IValidator<V1.CreatePersonConsentRequest>, CreateConsent.PersonValidator>()
        .AddSingleton<IValidator<V1.ListPersonConsentsRequest>, ListConsents.PersonValidator>()
        .AddSingleton<IValidator<V1.CreateLeadConsentRequest>, CreateConsent.LeadValidator>()
        .AddSingleton<IValidator<V1.ListLeadConsentsRequest>, ListConsents.LeadValidator>()
        .AddSingleton<IValidator<V1.ListRelationsRequest>, ListRelations.Validator>()
        .AddSingleton<IValidator<V1.CreateRelationRequest>, CreateRelation.Validator>()
        .AddSingleton<IValidator<V1.UpdateRelationRequest>, UpdateRelation.Validator>()
        .AddSingleton<IValidator<V1.GetCompanyHierarchyRequest>, GetCompanyHierarchy.Validator>()
        .AddSingleton<IValidator<V1.UpdateDuplicateRulesRequest>, UpdateDuplicateRules.Validator>()
        .AddSingleton<IValidator<V1.ListDuplicatesRequest>, ListDuplicates.Validator>()
        .AddSingleton<IValidator<V1.DismissDuplicateRequest>, DismissDuplicate.Validator>()
        .AddSingleton<IValidator<V1.UpdateLeadAssignmentRequest>, UpdateLeadAssignment.Validator>()
        .AddSingleton<IValidator<V1.AssignLeadsRequest>, AssignLeads.Validator>()
        .AddSingleton<IValidator<V1.UpdateLeadScoringRequest>, UpdateLeadScoring.Validator>()
        .AddSingleton<IValidator<V1.CreateLeadFormRequest>, CreateLeadForm.Validator>()
        .AddSingleton<IValidator<V1.UpdateLeadFormRequest>, UpdateLeadForm.Validator>()
        .AddSingleton<IValidator<V1.SubmitOpenFormRequest>, SubmitOpenForm.Validator>()
        .AddSingleton<IValidator<V1.ListSegmentsRequest>, ListSegments.Validator>()
        .AddSingleton<IValidator<V1.CreateSegmentRequest>, CreateSegment.Validator>()
        .AddSingleton<IValidator<V1.UpdateSegmentRequest>, UpdateSegment.Validator>()
        .AddSingleton<IValidator<V1.ListSegmentMembersRequest>, ListSegmentMembers.Validator>()
        .AddSingleton<IValidator<V1.CountSegmentMembersRequest>, CountSegmentMembers.Validator>()
        .AddSingleton<IValidator<V1.AddSegmentMembersRequest>, AddSegmentMembers.Validator>()
        .AddSingleton<IValidator<V1.RemoveSegmentMembersRequest>, RemoveSegmentMembers.Validator>()
        .AddSingleton<IValidator<V1.ListActivitiesRequest>, ListActivities.Validator>()
        .AddSingleton<IValidator<V1.ExportActivitiesRequest>, ExportActivities.Validator>()
        .AddSingleton<IValidator<V1.CreateActivityRequest>, CreateActivity.Validator>()
        .AddSingleton<IValidator<V1.UpdateActivityRequest>, UpdateActivity.Validator>()
        .AddSingleton<IValidator<V1.CompleteActivityRequest>, CompleteActivity.Validator>();
}
