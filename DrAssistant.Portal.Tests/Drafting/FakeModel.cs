using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DrAssistant.Portal.Tests.Drafting;

/// <summary>A server on this machine that answers as a chat model's does, and keeps what it was asked.</summary>
internal sealed class FakeModel : IAsyncDisposable
{
    private readonly WebApplication _server;

    private FakeModel(WebApplication server) => _server = server;

    public ConcurrentQueue<string> Asked { get; } = new();

    public Uri Endpoint { get; private set; } = new("http://127.0.0.1/");

    public static async Task<FakeModel> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = builder.Build();
        var model = new FakeModel(server);
        server.MapPost("/v1/chat/completions", async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            model.Asked.Enqueue(await body.ReadToEndAsync(context.RequestAborted));
            await answer(context);
        });
        await server.StartAsync();
        var address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        model.Endpoint = new Uri(address + "/v1");
        return model;
    }

    /// <summary>In the shape in which llama.cpp, vLLM and OpenAI answer.</summary>
    public static Func<HttpContext, Task> Saying(string content, string finish = "stop") => context => context.Response.WriteAsJsonAsync(new
    {
        id = "chatcmpl-1",
        @object = "chat.completion",
        created = 1764460800,
        model = "clinic-model",
        choices = new[] { new { index = 0, message = new { role = "assistant", content }, finish_reason = finish } },
        usage = new { prompt_tokens = 900, completion_tokens = 120, total_tokens = 1020 },
    });

    public static string Sentences(params ReadOnlySpan<(string Section, string Heading, string Text, int[] Turns)> sentences)
        => JsonSerializer.Serialize(new { sentences = sentences.ToArray().Select(s => new { section = s.Section, heading = s.Heading, text = s.Text, turns = s.Turns }) });

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
