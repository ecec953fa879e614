export default function Landing() {
  return <h1 className="text-4xl">Coding Platform</h1>;
}
