using Platform.Gateway.Sessions.Requests;
using Platform.Gateway.Sessions.SignIn;

namespace Platform.Gateway.Sessions.Api;

/// <summary>What a browser's pages call about their own session. None of it ever shows a token.</summary>
internal static class BffEndpoints
{
    public static void MapBff(this IEndpointRouteBuilder endpoints)
    {
        var bff = endpoints.MapGroup("/bff");
        bff.MapGet("/login", Login.Handle);
        bff.MapPost("/backchannel-logout", BackChannelLogout.Handle).DisableAntiforgery();

        var session = bff.MapGroup("").WithMetadata(new UsesSession());
        session.MapGet("/user", GetUser.Handle);
        session.MapPost("/logout", Logout.Handle);
        session.MapPost("/organization", SwitchOrganization.Handle);
        session.MapGet("/sessions", ListSessions.Handle);
        session.MapDelete("/sessions/{id:guid}", EndSession.Handle);
        session.MapPost("/sessions:end-others", EndOtherSessions.Handle);
    }
}
