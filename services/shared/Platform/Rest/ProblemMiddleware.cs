using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Platform.Errors;
using Platform.Tenancy.Placements;

namespace Platform.Rest;

/// <summary>
/// Turns the failures of transcoded calls, which transcoding writes as a bare status, into RFC 9457 problems; and what was
/// thrown by mistake, anywhere, into one log line and an answer that gives nothing away.
/// </summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var transcoded = context.GetEndpoint()?.Metadata.GetMetadata<GrpcJsonTranscodingMetadata>() is not null;
        var original = context.Response.Body;
        await using var body = transcoded ? new ErrorCapturingStream(context.Response, original) : null;
        if (body is not null)
            context.Response.Body = body;
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted && body is not { Passed: true } && !context.RequestAborted.IsCancellationRequested)
        {
            context.Response.Body = original;
            await RespondAsync(context, exception);
            return;
        }

        context.Response.Body = original;
        if (body is { Captured: { } captured })
            await ReplayAsync(context, captured);
    }

    private Task RespondAsync(HttpContext context, Exception exception)
    {
        var error = exception is BadHttpRequestException bad ? FromHttp(bad) : Failures.ToError(exception);
        if (error.Status == Google.Rpc.Code.Internal)
            LogFailed(logger, context.Request.Method, context.Request.Path, exception);
        else if (error.Status == Google.Rpc.Code.Unavailable && !MissingDatabases.IsCauseOf(exception))
            LogUnavailable(logger, context.Request.Method, context.Request.Path, Failures.CauseOf(exception));
        return Problems.RespondAsync(context, error);
    }

    private static Task ReplayAsync(HttpContext context, MemoryStream captured)
    {
        if (context.Response.ContentType is not "application/problem+json")
            return Problems.WriteAsync(context, Parse(context, captured));
        captured.Position = 0;
        return captured.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static Error FromHttp(BadHttpRequestException exception) => exception.StatusCode == StatusCodes.Status413PayloadTooLarge
        ? new Error(Google.Rpc.Code.InvalidArgument, "BODY_TOO_LARGE", "The body is larger than this route takes.") { HttpStatus = 413 }
        : new Error(Google.Rpc.Code.InvalidArgument, "BAD_REQUEST", exception.Message) { HttpStatus = exception.StatusCode };

    private static Microsoft.AspNetCore.Mvc.ProblemDetails Parse(HttpContext context, MemoryStream captured)
    {
        if (context.Items[typeof(RpcException)] is RpcException thrown)
            return thrown.ToProblem();
        // Transcoding itself refused the request: its message names the field or the place.
        using var document = JsonDocument.Parse(captured.ToArray());
        var root = document.RootElement;
        var message = root.TryGetProperty("message", out var text) ? text.GetString()! : "The request was refused.";
        return new RpcException(new Status(root.TryGetProperty("code", out var code) ? (StatusCode)code.GetInt32() : StatusCode.Unknown, message)).ToProblem();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void LogFailed(ILogger logger, string method, string path, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} was answered with UNAVAILABLE: {Cause}")]
    private static partial void LogUnavailable(ILogger logger, string method, string path, string cause);
}

/// <summary>Keeps the typed error of a transcoded call for the problem, and makes a typed error of everything else.</summary>
internal sealed partial class FailureInterceptor(ILogger<FailureInterceptor> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (RpcException exception)
        {
            Keep(context, exception);
            throw;
        }
        catch (Exception exception) when (!context.CancellationToken.IsCancellationRequested)
        {
            var typed = ToTyped(exception, context.Method);
            context.GetHttpContext().Items[typeof(RpcException)] = typed;
            throw typed;
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (RpcException exception)
        {
            Keep(context, exception);
            throw;
        }
        catch (Exception exception) when (!context.CancellationToken.IsCancellationRequested)
        {
            var typed = ToTyped(exception, context.Method);
            context.GetHttpContext().Items[typeof(RpcException)] = typed;
            throw typed;
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (RpcException exception)
        {
            Keep(context, exception);
            throw;
        }
        catch (Exception exception) when (!context.CancellationToken.IsCancellationRequested)
        {
            throw ToTyped(exception, context.Method);
        }
    }

    private static void Keep(ServerCallContext context, RpcException exception)
    {
        var http = context.GetHttpContext();
        http.Items[typeof(RpcException)] = exception;
        if (exception.StatusCode is StatusCode.PermissionDenied or StatusCode.Unauthenticated)
            http.NoteRefusal(new Error((Google.Rpc.Code)exception.StatusCode, ReasonOf(exception), ""));
    }

    private static string ReasonOf(RpcException exception) =>
        exception.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>()?.Reason ?? exception.StatusCode.ToString();

    private RpcException ToTyped(Exception exception, string method)
    {
        var error = Failures.ToError(exception);
        if (error.Status == Google.Rpc.Code.Internal)
            LogFailed(logger, method, exception);
        else if (error.Status == Google.Rpc.Code.Unavailable && !MissingDatabases.IsCauseOf(exception))
            LogUnavailable(logger, method, Failures.CauseOf(exception));
        return error.ToRpcException();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} failed")]
    private static partial void LogFailed(ILogger logger, string method, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} was answered with UNAVAILABLE: {Cause}")]
    private static partial void LogUnavailable(ILogger logger, string method, string cause);
}

/// <summary>What exceptions mean to a caller.</summary>
internal static class Failures
{
    public static Error ToError(Exception exception) => exception switch
    {
        Microsoft.EntityFrameworkCore.DbUpdateConcurrencyException => Error.Stale("resource"),
        RpcException { StatusCode: StatusCode.Unavailable or StatusCode.DeadlineExceeded } => Unavailable,
        _ => MissingDatabases.IsCauseOf(exception) ? TenantAway : Data.Outages.IsOutage(exception) ? Unavailable : Internal,
    };

    /// <summary>What cannot be reached, in one line without payloads: an outage makes many of them.</summary>
    public static string CauseOf(Exception exception) => exception.GetBaseException() switch
    {
        RpcException called => $"a call, {called.StatusCode}",
        Npgsql.PostgresException refused => $"PostgreSQL, {refused.SqlState}",
        var cause => $"{cause.GetType().Name}: {cause.Message}",
    };

    private static readonly Error Unavailable = new(Google.Rpc.Code.Unavailable, "UNAVAILABLE", "A part of the platform cannot be reached right now: try again in a moment.");

    private static readonly Error TenantAway =
        new(Google.Rpc.Code.Unavailable, "TENANT_DATA_UNAVAILABLE", "The data of your company cannot be reached. Whoever runs the platform is told what is wrong: ask there, or try again later.");

    private static readonly Error Internal = new(Google.Rpc.Code.Internal, "INTERNAL", "This is a fault of the platform; it has been logged. Nothing was changed.");
}
