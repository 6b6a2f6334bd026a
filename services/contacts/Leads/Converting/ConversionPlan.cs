namespace Platform.Contacts.Leads.Converting;

/// <summary>What a lead is to become.</summary>
/// <param name="PersonId">The person; the id of a new one where there is none yet.</param>
/// <param name="HasPerson">Whether the person is there.</param>
/// <param name="CompanyId">The company, likewise; null where there is to be none.</param>
/// <param name="HasCompany">Whether no company has to be made.</param>
internal sealed record ConversionPlan(Guid PersonId, bool HasPerson, Guid? CompanyId, bool HasCompany);
