using System.Text;
using Grpc.AspNetCore.Server;
using Isolation.Tests.Installation;
using Isolation.Tests.Oracle;
using Isolation.Tests.Seeding;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Isolation.Tests.Attacks;

/// <summary>What is reached over HTTP and is no call of a contract: imports, pages, what the sidecar calls. Found in the running processes.</summary>
internal sealed class EndpointAttack(PlatformInstallation installation, Doors doors, Company a, Company b, Secrets secrets, Tally tally)
{
    private readonly Random _random = new(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var (appId, services) in installation.Hosts.Select(host => (host.AppId, host.Services)).Append(("", installation.Gateway.Services)))
        {
            foreach (var endpoint in services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Distinct())
            {
                if (endpoint.Metadata.GetMetadata<GrpcMethodMetadata>() is null)
                    await AttackAsync(appId, endpoint, cancellationToken);
            }
        }
    }

    private async Task AttackAsync(string appId, RouteEndpoint endpoint, CancellationToken cancellationToken)
    {
        foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"])
        {
            foreach (var token in (string?[])[a.Token, null])
            {
                foreach (var content in Bodies(method))
                {
                    using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(PathOf(endpoint), UriKind.Relative)) { Content = content };
                    if (token is not null)
                        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
                    foreach (var (name, value) in Disguises.Headers(b, _random).Where(header => header.Name is not ("host" or "x-http-method-override")))
                        request.Headers.TryAddWithoutValidation(name, value);
                    var answer = await Doors.SendAsync(doors.Rest(appId), request, cancellationToken);
                    tally.Count(tally.Endpoints, $"{appId} {method} /{endpoint.RoutePattern.RawText?.TrimStart('/')}");
                    // Refusals name the address, and so the id that was written into it.
                    var repeated = answer.IsOk ? [] : secrets.Of(answer.Ids).Where(id => request.RequestUri!.OriginalString.Contains($"{id}", StringComparison.Ordinal));
                    if (secrets.WordIn(answer.Text) is { } word)
                        tally.Find($"{method} {request.RequestUri} at {appId} gave the word '{word}' away: {answer.Text}");
                    else if (secrets.Of(answer.Ids).Except(repeated).Any())
                        tally.Find($"{method} {request.RequestUri} at {appId} gave an id away: {answer.Text}");
                    if (token is null && answer.IsOk && appId.Length > 0 && endpoint.RoutePattern.RawText != "/health")
                        tally.Find($"{method} {request.RequestUri} at {appId} let somebody without a token in.");
                }
            }
        }
    }

    private string PathOf(RouteEndpoint endpoint)
    {
        var parts = endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
            _ => secrets.Any(_random),
        })));
        return $"/{string.Join('/', parts)}?target=people&{Disguises.Query(b, _random)}";
    }

    // What is written stays A's, so it holds only the ids that A may say.
    private IEnumerable<HttpContent?> Bodies(string method)
    {
        if (method is "GET" or "HEAD" or "DELETE" or "OPTIONS")
            return [null];
        var id = secrets.Bystander("Person");
        var forged = $$"""{"id":"{{id}}","tenantid":"{{b.TenantId}}","type":"platform.deals.v1.DealWon","specversion":"1.0","data":{"deal":{"id":"{{id}}"} } }""";
        return
        [
            new StringContent($"id,tenant_id,first_name,last_name,email,company_name\n{id},{b.TenantId},{a.Text()},{a.Text()},{a.Text()}@mail.example,{a.Text()}\n", Encoding.UTF8, "text/csv"),
            new StringContent(forged, Encoding.UTF8, "application/cloudevents+json"),
            new StringContent($$"""{"entries":[{"entryId":"1","event":{{forged}}}]}""", Encoding.UTF8, "application/json"),
        ];
    }
}
