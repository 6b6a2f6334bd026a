using Grpc.Core;
using Platform.Automation.Processes;
using Platform.Common.V1;
using Platform.Contacts.V1;
using Platform.Deals.V1;

namespace Platform.Automation.Signups;

/// <summary>A few people, companies and deals to look at, made by the calls that everybody uses; each once, by its idempotency key.</summary>
internal sealed class LoadDemoDataActivity(StepRunner steps) : SignupActivity(steps, "load-demo-data")
{
    private static readonly (string Company, string First, string Last, string Deal, string Price)[] Examples =
    [
        ("Example Bakery", "Mia", "Sample", "Shop fittings", "4800"),
        ("Example Logistics", "Noah", "Muster", "Route planning", "12500"),
        ("Example Studio", "Ada", "Demo", "Website", "7300"),
    ];

    protected override Task<StepOutcome> WorkAsync(SignupStep step, Signup signup, IServiceProvider services)
    {
        // Without deals there are people to look at, without contacts nothing is.
        var (hasContacts, hasDeals) = (Has(signup, "contacts"), Has(signup, "deals"));
        return !signup.DemoData || !hasContacts ? Task.FromResult(StepOutcome.Made("", "")) : InTenantAsync(step, async scope =>
        {
            foreach (var (index, example) in Examples.Index())
                await LoadAsync(scope, signup, example, index, hasDeals);
            return StepOutcome.Made("tenant", step.OrganizationId);
        });
    }

    private static bool Has(Signup signup, string module) => signup.Modules.Count == 0 || signup.Modules.Contains(module);

    private static async Task LoadAsync(
        IServiceProvider scope, Signup signup, (string Company, string First, string Last, string Deal, string Price) example, int index, bool hasDeals)
    {
        var company = await scope.GetRequiredService<CompaniesService.CompaniesServiceClient>().CreateCompanyAsync(
            new CreateCompanyRequest { Company = new Company { Name = example.Company } }, Key(signup, "company", index));
        var person = await scope.GetRequiredService<PeopleService.PeopleServiceClient>().CreatePersonAsync(
            new CreatePersonRequest { Person = new Person { FirstName = example.First, LastName = example.Last, CompanyId = company.Id } }, Key(signup, "person", index));
        if (!hasDeals)
            return;
        var deal = new Deal { Name = example.Deal, CompanyId = company.Id, PersonId = person.Id, Currency = signup.Currency, AmountEstimate = new Money { Currency = signup.Currency, Amount = example.Price } };
        await scope.GetRequiredService<DealsService.DealsServiceClient>().CreateDealAsync(new CreateDealRequest { Deal = deal }, Key(signup, "deal", index));
    }

    private static Metadata Key(Signup signup, string kind, int index) => new() { { "idempotency-key", $"signup-{signup.Id}-{kind}-{index}" } };
}
