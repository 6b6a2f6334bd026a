using Platform.Gateway.Forwarding;
using Platform.Gateway.Limits;
using Platform.Invocation;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Platform.Gateway.Routing;

/// <summary>
/// The calls that need no permission, over gRPC: a token is needed at this door, whoever's it is, and an address has no larger share of
/// them here than by REST or by the pages.
/// </summary>
internal static class OpenCalls
{
    private const string SubmitForm = nameof(Contacts.V1.LeadIntakeService.LeadIntakeServiceBase.SubmitOpenForm);
    private const string SignUp = nameof(Automation.V1.SignupsService.SignupsServiceBase.CreateSignup);

    /// <summary>Maps them; each takes from the same share as its address of REST.</summary>
    public static void MapOpenCalls(this IEndpointRouteBuilder endpoints, SidecarForwarder forwarder)
    {
        var services = endpoints.ServiceProvider;
        Map(Deals.V1.QuoteLinksService.Descriptor, DaprNames.Deals, (_, route) => route.LimitQuoteLinks(services));
        Map(Records.V1.PublishedService.Descriptor, DaprNames.Records, (_, route) => route.LimitPublicPages(services));
        Map(Contacts.V1.LeadIntakeService.Descriptor, DaprNames.Contacts, (call, route) => call == SubmitForm ? route.LimitForms(services) : route.LimitPublicPages(services));
        // How far a sign-up is may be asked as often as one likes.
        Map(Automation.V1.SignupsService.Descriptor, DaprNames.Automation, (call, route) => call == SignUp ? route.LimitSignups(services) : route);

        void Map(ServiceDescriptor service, string app, Func<string, IEndpointConventionBuilder, IEndpointConventionBuilder> limit)
        {
            foreach (var call in service.Methods)
                limit(call.Name, endpoints.MapPost($"/{service.FullName}/{call.Name}", context => forwarder.GrpcAsync(context, app, app)).RequireAuthorization());
        }
    }
}
