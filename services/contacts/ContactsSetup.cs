using FluentValidation;
using Platform.Contacts.Companies;

namespace Platform.Contacts;

internal static class ContactsSetup
{
    public static IServiceCollection AddContacts(this IServiceCollection services) => services
        .AddSingleton<IValidator<V1.CreateCompanyRequest>, CreateCompany.Validator>()
        .AddSingleton<IValidator<V1.UpdateCompanyRequest>, UpdateCompany.Validator>();
}
