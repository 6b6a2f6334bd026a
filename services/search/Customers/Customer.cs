namespace Platform.Search.Customers;

/// <summary>A customer, as far as the caller may read it.</summary>
/// <param name="Type"><c>contacts.company</c> or <c>contacts.person</c>.</param>
/// <param name="Id">Its id: of one that was merged, that of the one that stayed.</param>
/// <param name="Title">Its name.</param>
/// <param name="Email">Its address; empty where it has none, or it may not be read.</param>
internal sealed record Customer(string Type, string Id, string Title, string Email)
{
    public const string Company = "contacts.company";
    public const string Person = "contacts.person";

    public bool IsCompany => Type == Company;

    /// <summary>The records that lead to it.</summary>
    /// <param name="prefix">What stands before the names of fields that lead to customers.</param>
    public string Filter(string prefix = "") => $"{prefix}{(IsCompany ? "company_id" : "person_id")} = \"{Id}\"";
}
