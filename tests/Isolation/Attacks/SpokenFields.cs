namespace Isolation.Tests.Attacks;

/// <summary>
/// Fields that keep an id as a word of the caller and look nothing up by it, so that a foreign id is taken as any other and
/// given back to who said it. Each with the reason; everywhere else a foreign id must be refused or ignored.
/// </summary>
internal static class SpokenFields
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        ["platform.tenants.v1.Member.user_id"] = "The person's id at the identity server: a person may be a member of several companies.",
        ["platform.tenants.v1.GetAccessRequest.user_id"] = "Whose rights are asked for; of somebody who is no member there are none.",
        ["platform.audit.v1.ExportEntriesRequest.id"] = "What was asked for is an entry of the log itself.",
        ["platform.tenants.v1.OidcSettings.client_id"] = "Whom the company's own identity server knows the platform as; here nothing is looked up by it.",
        ["platform.bulk.v1.BulkAssign.owner_id"] = "A person's id at the identity server.",
        ["platform.deals.v1.Deal.owner_id"] = "A person's id at the identity server.",
        ["platform.deals.v1.DealTeamMember.user_id"] = "A person's id at the identity server; the team gives no access.",
        ["platform.deals.v1.DealSplit.user_id"] = "A person's id at the identity server.",
        ["platform.deals.v1.Quote.owner_id"] = "A person's id at the identity server.",
        ["platform.contacts.v1.Lead.owner_id"] = "A person's id at the identity server.",
        ["platform.contacts.v1.ConversionDeal.owner_id"] = "A person's id at the identity server.",
        ["platform.contacts.v1.LeadAssignmentRule.owner_id"] = "A person's id at the identity server.",
        ["platform.contacts.v1.Territory.owner_id"] = "A person's id at the identity server.",
        ["platform.contacts.v1.Person.owner_id"] = "A person's id at the identity server.",
        ["platform.contacts.v1.Company.owner_id"] = "A person's id at the identity server.",
        ["platform.inventory.v1.Product.owner_id"] = "A person's id at the identity server.",
        ["platform.records.v1.Record.owner_id"] = "A person's id at the identity server.",
        ["platform.access.v1.Share.user_id"] = "A person's id at the identity server; whoever has it in another company has no way to the record.",
        ["platform.access.v1.Share.team_id"] = "The id of a team; a team of another company has no member in this one.",
        ["platform.metadata.v1.SavedView.team_id"] = "The id of a team; a team of another company has no member in this one.",
        ["platform.metadata.v1.SavedView.owner_id"] = "Says whose view it is; the platform alone says so, whatever is sent.",
        ["platform.metadata.v1.Dashboard.team_id"] = "The id of a team; a team of another company has no member in this one.",
        ["platform.metadata.v1.Dashboard.owner_id"] = "Says whose dashboard it is; the platform alone says so, whatever is sent.",
        ["platform.contacts.v1.Activity.owner_id"] = "A person's id at the identity server.",
        ["platform.contacts.v1.Activity.assignee_id"] = "A person's id at the identity server.",
        ["platform.contacts.v1.Activity.source_id"] = "The caller's own name for what caused the entry.",
        ["platform.communications.v1.SendEmailRequest.source_id"] = "The caller's own name for what the message is about.",
        ["platform.finance.v1.Invoice.source_id"] = "The caller's own name for what the invoice was made from.",
        ["platform.finance.v1.Invoice.buyer_company_id"] = "A reference for the reader of the invoice; the buyer's data stands in the document.",
        ["platform.finance.v1.Invoice.buyer_person_id"] = "A reference for the reader of the invoice; only contacts looks it up, in the caller's tenant.",
    };
}
